using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about port mappings.</summary>
internal static class PortChecks
{
    public static TaskDefinitionRule Missing { get; } = RuleSource.Api("PortMapping").Error("port-missing", "A port mapping has a containerPort or a containerPortRange");

    public static TaskDefinitionRule Range { get; } = RuleSource.Api("PortMapping").Error(
        "port-range", "A range of ports is two ports from 1 to 65535, the lower one first, without a containerPort or hostPort beside it");

    public static TaskDefinitionRule Host { get; } = RuleSource.Api("PortMapping").Error(
        "port-host", "With awsvpc and host the hostPort is the containerPort, or is left out");

    public static TaskDefinitionRule Twice { get; } = RuleSource.Api("PortMapping").Error("port-twice", "A container maps each port once for each protocol");

    public static TaskDefinitionRule Protocols { get; } = RuleSource.Api("PortMapping").Warning(
        "port-protocols", "A container exposes a port for one protocol; the reference refuses two, the service registers them and balances no load to them");

    public static TaskDefinitionRule Shared { get; } = RuleSource.Api("PortMapping").Error("port-shared", "No two containers of an awsvpc task listen on the same port: they share one network interface");

    public static TaskDefinitionRule NoNetwork { get; } = RuleSource.Api("RegisterTaskDefinition").Error("port-network-none", "With the network mode none there are no port mappings");

    public static TaskDefinitionRule Reachable { get; } = RuleSource.Settings.Warning("port-none", "The deployed container has a port that a client can reach");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Missing, Range, Host, Twice, Protocols, Shared, NoNetwork, Reachable];

    public static void Check(CheckRun run)
    {
        var taken = new Dictionary<string, JObject>(StringComparer.Ordinal);
        foreach (var container in run.Containers)
        {
            if (container["portMappings"] is JArray { Count: > 0 } mappings)
            {
                if (run.NetworkMode == "none") run.Add(mappings, NoNetwork, "A task without network has no ports.", "no port mapping");
                foreach (var mapping in CheckRun.ObjectsOf(mappings)) Mapping(run, container, mapping, taken);
            }
            else if (run.GetsImage(container))
            {
                run.Add(container["portMappings"] ?? container, Reachable, "The container has no port mapping: no load balancer and no client can reach it.",
                    "the port that the service listens on");
            }
        }
    }

    /// <summary>The two ends of a range; null where it is none.</summary>
    public static (int First, int Last)? RangeOf(JToken? token)
    {
        if (CheckRun.TextOf(token)?.Split('-') is not [var left, var right]) return null;
        return PortOf(left) is { } first && PortOf(right) is { } last && first < last ? (first, last) : null;
    }

    private static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    private static void Mapping(CheckRun run, JObject container, JObject mapping, Dictionary<string, JObject> taken)
    {
        if (mapping["containerPortRange"] is { } range)
        {
            if (RangeOf(range) is null) run.Add(range, Range, "This is no range of ports.", "a string such as \"8000-8010\"");
            else if (mapping["containerPort"] is not null || mapping["hostPort"] is not null)
                run.Add(mapping, Range, "A range stands beside a single port.", "either containerPortRange, or containerPort and hostPort");
            return;
        }

        if (mapping["containerPort"] is not { } member)
        {
            run.Add(mapping, Missing, "The port mapping has no port.", "a containerPort from 1 to 65535");
            return;
        }

        if (CheckRun.NumberOf(member) is not { } port) return;
        if (run.NetworkMode is "awsvpc" or "host" && mapping["hostPort"] is { } host && CheckRun.NumberOf(host) is { } other && other != port)
            run.Add(host, Host, $"With {run.NetworkMode} a container has the ports of the task.", FormattableString.Invariant($"the containerPort, {port}, or no hostPort"));

        var protocol = CheckRun.TextOf(mapping["protocol"]) ?? "tcp";
        if (IsTaken(taken, port, protocol == "tcp" ? "udp" : "tcp", container))
            run.Add(member, Protocols, "The container maps this port for another protocol, too.", "one protocol for each port");
        if (taken.TryAdd(Key(port, protocol), container)) return;
        if (IsTaken(taken, port, protocol, container)) run.Add(member, Twice, "The container maps this port already.", "each port once for each protocol");
        else if (run.IsAwsVpc) run.Add(member, Shared, "Another container of the task listens on this port.", "a port of its own");
    }

    private static bool IsTaken(Dictionary<string, JObject> taken, int port, string protocol, JObject container) =>
        taken.TryGetValue(Key(port, protocol), out var owner) && ReferenceEquals(owner, container);

    private static string Key(int port, string protocol) => FormattableString.Invariant($"{port}/{protocol}");
}
