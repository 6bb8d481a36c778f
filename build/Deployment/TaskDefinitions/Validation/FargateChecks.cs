using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What Fargate asks for, and what it does not have.</summary>
internal static class FargateChecks
{
    private static readonly string[] LinuxParameters = ["devices", "sharedMemorySize", "maxSwap", "swappiness"];

    public static TaskDefinitionRule Network { get; } = RuleSource.FargateGuide.Error("fargate-network", "A Fargate task has the network mode awsvpc");

    public static TaskDefinitionRule Unsupported { get; } = RuleSource.FargateGuide.Error(
        "fargate-unsupported", "A Fargate task has nothing that needs the host: no privileged container, no volume of the host or of Docker, no devices, GPUs, placement or shared namespaces");

    public static TaskDefinitionRule Driver { get; } = RuleSource.Api("LogConfiguration").Error("fargate-log-driver", "On Fargate logs go to awslogs, splunk or awsfirelens");

    public static TaskDefinitionRule Timeout { get; } = RuleSource.Api("ContainerDefinition").Error("fargate-timeout", "On Fargate startTimeout and stopTimeout are 2 to 120 seconds");

    public static TaskDefinitionRule OwnNetwork { get; } = RuleSource.Api("ContainerDefinition").Error(
        "awsvpc-unsupported", "With awsvpc a container has no links, hostname or extraHosts of its own");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Network, Unsupported, Driver, Timeout, OwnNetwork];

    public static void Check(CheckRun run)
    {
        if (run.IsAwsVpc)
        {
            foreach (var container in run.Containers) AwsVpc(run, container);
        }

        if (!run.IsFargate) return;
        if (!run.IsAwsVpc) run.Add(run.Root["networkMode"] ?? run.Root, Network, "Fargate knows one network mode only.", "\"networkMode\": \"awsvpc\"");
        Refuse(run, run.Root["placementConstraints"] as JArray);
        Refuse(run, run.Root["ipcMode"]);
        if (CheckRun.TextOf(run.Root["pidMode"]) == "host") Refuse(run, run.Root["pidMode"], "\"task\", or no pidMode");
        foreach (var volume in CheckRun.ObjectsOf(run.Root["volumes"]))
        {
            Refuse(run, volume["dockerVolumeConfiguration"]);
            Refuse(run, CheckRun.Inner(volume, "host", "sourcePath"));
        }

        foreach (var container in run.Containers) Container(run, container);
    }

    private static void Container(CheckRun run, JObject container)
    {
        if (CheckRun.FlagOf(container["privileged"]) == true) Refuse(run, container["privileged"], "false, or no such member");
        Refuse(run, container["dockerSecurityOptions"] as JArray);
        foreach (var name in LinuxParameters) Refuse(run, CheckRun.Inner(container, "linuxParameters", name));
        if (CheckRun.Inner(container, "linuxParameters", "capabilities") is JObject capabilities && capabilities["add"] is JArray added)
        {
            foreach (var capability in added.Where(item => CheckRun.TextOf(item) is { } name && name != "SYS_PTRACE")) Refuse(run, capability, "\"SYS_PTRACE\"");
        }

        foreach (var resource in CheckRun.ObjectsOf(container["resourceRequirements"]))
        {
            if (CheckRun.TextOf(resource["type"]) == "GPU") Refuse(run, resource["type"]);
        }

        if (CheckRun.Inner(container, "firelensConfiguration", "options") is JObject options && CheckRun.TextOf(options["config-file-type"]) == "s3")
            Refuse(run, options["config-file-type"], "\"file\"");
        if (CheckRun.Inner(container, "logConfiguration", "logDriver") is { } driver
            && CheckRun.TextOf(driver) is "json-file" or "syslog" or "journald" or "gelf" or "fluentd")
            run.Add(driver, Driver, "Fargate does not have this log driver.", "\"awslogs\", \"splunk\" or \"awsfirelens\"");
        Seconds(run, container["startTimeout"]);
        Seconds(run, container["stopTimeout"]);
    }

    private static void Seconds(CheckRun run, JToken? token)
    {
        if (CheckRun.NumberOf(token) is { } seconds && seconds is < 2 or > 120) run.Add(token!, Timeout, "Fargate does not wait that long, or that short.", "2 to 120 seconds");
    }

    private static void AwsVpc(CheckRun run, JObject container)
    {
        foreach (var name in new[] { "links", "hostname", "extraHosts" })
        {
            if (IsSet(container[name]))
                run.Add(container[name]!, OwnNetwork, $"With awsvpc a container has no {name}.", "no such member", FoundText.KindOf(container[name]!));
        }
    }

    private static void Refuse(CheckRun run, JToken? token, string allowed = "no such member")
    {
        if (IsSet(token)) run.Add(token!, Unsupported, "Fargate does not have this.", allowed, FoundText.KindOf(token!));
    }

    private static bool IsSet(JToken? token) => token is not (null or JArray { Count: 0 } or JValue { Type: JTokenType.Null });
}
