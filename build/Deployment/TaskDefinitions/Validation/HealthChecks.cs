using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about health checks; their numbers are ranges of the model's members.</summary>
internal static class HealthChecks
{
    private const int DefaultInterval = 30;
    private const int DefaultTimeout = 5;

    public static TaskDefinitionRule Command { get; } = RuleSource.Api("HealthCheck").Error("health-command", "A health check's command begins with CMD or CMD-SHELL, or is NONE");

    public static TaskDefinitionRule Timeout { get; } = RuleSource.Api("HealthCheck").Warning("health-timeout", "A health check ends before the next one begins");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Command, Timeout];

    public static void Check(CheckRun run, JObject container)
    {
        if (container["healthCheck"] is not JObject check) return;
        if (check["command"] is JArray command && !IsCommand(command))
            run.Add(command.First ?? command, Command, "ECS does not know how to run this command.", "[\"CMD\", program, …], [\"CMD-SHELL\", command line] or [\"NONE\"]");

        var interval = check["interval"] is { } given ? CheckRun.NumberOf(given) : DefaultInterval;
        var timeout = check["timeout"] is { } limit ? CheckRun.NumberOf(limit) : DefaultTimeout;
        if (timeout > interval)
        {
            run.Add(check["timeout"] ?? check["interval"]!, Timeout, "A check may last longer than the time to the next one.",
                FormattableString.Invariant($"a timeout of at most the interval, {interval} seconds"));
        }
    }

    private static bool IsCommand(JArray command) => CheckRun.TextOf(command.First) switch
    {
        "CMD" => command.Count > 1,
        "CMD-SHELL" => command.Count == 2,
        "NONE" => command.Count == 1,
        _ => false,
    };
}
