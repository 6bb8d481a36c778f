using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about port mappings.</summary>
internal static class PortChecks
{
    public static TaskDefinitionRule Container { get; } = RuleSource.Api("PortMapping").Error(
        "port-number", "A port mapping has a containerPort from 1 to 65535, or a range of ports");

    public static TaskDefinitionRule Host { get; } = RuleSource.Api("PortMapping").Error(
        "port-host", "With awsvpc the hostPort is the containerPort, or is left out");

    public static TaskDefinitionRule Reachable { get; } = RuleSource.Settings.Warning("port-none", "The deployed container has a port that a client can reach");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Container, Host, Reachable];

    public static void Check(CheckRun run, JObject container)
    {
        if (container["portMappings"] is not JArray { Count: > 0 } mappings)
        {
            if (run.GetsImage(container))
            {
                run.Add(container["portMappings"] ?? container, Reachable, "The container has no port mapping: no load balancer and no client can reach it.",
                    "the port that the service listens on");
            }

            return;
        }

        foreach (var mapping in mappings.OfType<JObject>()) Mapped(run, mapping);
    }

    private static void Mapped(CheckRun run, JObject mapping)
    {
        if (mapping["containerPortRange"] is not null) return;
        var member = mapping["containerPort"];
        if (CheckRun.NumberOf(member) is not (>= 1 and <= 65535 and var port))
            run.Add(member ?? mapping, Container, member is null ? "The port mapping has no containerPort." : "This is no port.", "a number from 1 to 65535");
        else if (run.IsAwsVpc && mapping["hostPort"] is { } host && CheckRun.NumberOf(host) != port)
            run.Add(host, Host, "With awsvpc a container has the ports of the task.", FormattableString.Invariant($"the containerPort, {port}, or no hostPort"));
    }
}
