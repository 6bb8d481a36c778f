using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about log configurations.</summary>
internal static class LogChecks
{
    public static TaskDefinitionRule Some { get; } = RuleSource.Api("LogConfiguration").Warning("log-none", "A container says where its logs go");

    public static TaskDefinitionRule Options { get; } = RuleSource.AwsLogs.Error("log-awslogs-option", "The driver awslogs has the options that it needs");

    public static TaskDefinitionRule Region { get; } = RuleSource.Settings.Error("log-region", "The logs go to the region of the deployment");

    public static TaskDefinitionRule Mode { get; } = RuleSource.DockerLogs.Error("log-mode", "The mode of a log driver is blocking or non-blocking");

    public static TaskDefinitionRule Buffer { get; } = RuleSource.DockerLogs.Error("log-buffer", "The buffer of a log driver is a number of bytes, KiB, MiB or GiB");

    public static TaskDefinitionRule FireLens { get; } = RuleSource.Api("FirelensConfiguration").Error("log-firelens", "The driver awsfirelens has a container with a firelensConfiguration");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Some, Options, Region, Mode, Buffer, FireLens];

    public static void Check(CheckRun run, JObject container)
    {
        if (container["logConfiguration"] is not JObject configuration)
        {
            // A log router is not asked for logs of its own.
            if (container["logConfiguration"] is null && container["firelensConfiguration"] is null)
                run.Add(container, Some, "The container has no logConfiguration: nobody will see why it failed.", "a logConfiguration");
            return;
        }

        var options = configuration["options"] as JObject;
        var driver = CheckRun.TextOf(configuration["logDriver"]);
        if (driver == "awslogs") AwsLogs(run, configuration, options);
        if (driver == "awsfirelens" && !run.Containers.Any(router => router["firelensConfiguration"] is JObject))
            run.Add(configuration["logDriver"]!, FireLens, "No container of the task routes the logs.", "a container with a firelensConfiguration, or another driver");

        if (CheckRun.TextOf(options?["mode"]) is { } mode && mode is not ("blocking" or "non-blocking"))
            run.Add(options!["mode"]!, Mode, "Log drivers do not know this mode.", "\"blocking\" or \"non-blocking\"");
        if (CheckRun.TextOf(options?["max-buffer-size"]) is { } size && !IsSize(size))
            run.Add(options!["max-buffer-size"]!, Buffer, "This is no size of a buffer.", "a string such as \"25m\": digits, then b, k, m or g");
    }

    private static void AwsLogs(CheckRun run, JObject configuration, JObject? options)
    {
        Needs(run, configuration, options, "awslogs-group");
        Needs(run, configuration, options, "awslogs-region");
        if (run.IsFargate) Needs(run, configuration, options, "awslogs-stream-prefix");

        if (options?["awslogs-region"] is { } region && CheckRun.TextOf(region) is { Length: > 0 } name && name != run.Context.Region)
            run.Add(region, Region, "The logs go to another region than the deployment.", FoundText.Quoted(run.Context.Region));
    }

    private static void Needs(CheckRun run, JObject configuration, JObject? options, string name)
    {
        var option = options?[name];
        if (option is null or JValue { Type: JTokenType.String } && string.IsNullOrWhiteSpace(CheckRun.TextOf(option)))
            run.Add(option ?? options ?? configuration, Options, $"The option '{name}' is missing or empty.", "a string that is not empty");
    }

    private static bool IsSize(string text)
    {
        var digits = text.AsSpan().TrimEnd("bBkKmMgG");
        return digits.Length > 0 && text.Length - digits.Length <= 2 && Characters.AreAll(digits, char.IsAsciiDigit);
    }
}
