using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about log configurations.</summary>
internal static class LogChecks
{
    public static TaskDefinitionRule Some { get; } = RuleSource.Api("LogConfiguration").Warning("log-none", "A container says where its logs go");

    public static TaskDefinitionRule Options { get; } = RuleSource.AwsLogs.Error("log-awslogs-option", "The driver awslogs has the options that it needs");

    public static TaskDefinitionRule Region { get; } = RuleSource.Settings.Error("log-region", "The logs go to the region of the deployment");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Some, Options, Region];

    public static void Check(CheckRun run, JObject container)
    {
        if (container["logConfiguration"] is not JObject configuration)
        {
            run.Add(container["logConfiguration"] ?? container, Some, "The container has no logConfiguration: nobody will see why it failed.", "a logConfiguration");
            return;
        }

        if (CheckRun.TextOf(configuration["logDriver"]) == "awslogs") AwsLogs(run, configuration);
    }

    private static void AwsLogs(CheckRun run, JObject configuration)
    {
        var options = configuration["options"] as JObject;
        Needs(run, configuration, options, "awslogs-group");
        Needs(run, configuration, options, "awslogs-region");
        if (run.IsFargate) Needs(run, configuration, options, "awslogs-stream-prefix");

        if (options?["awslogs-region"] is { } region && CheckRun.TextOf(region) is { Length: > 0 } name && name != run.Context.Region)
            run.Add(region, Region, $"The logs go elsewhere than the deployment, which goes to '{run.Context.Region}'.", $"\"{run.Context.Region}\"");
    }

    private static void Needs(CheckRun run, JObject configuration, JObject? options, string name)
    {
        var option = options?[name];
        if (string.IsNullOrWhiteSpace(CheckRun.TextOf(option)))
            run.Add(option ?? options ?? configuration, Options, $"The option '{name}' is missing.", "a string that is not empty");
    }
}
