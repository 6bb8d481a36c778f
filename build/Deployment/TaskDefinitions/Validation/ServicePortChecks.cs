using Newtonsoft.Json.Linq;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Whether the traffic of the service finds its port.</summary>
internal static class ServicePortChecks
{
    public static TaskDefinitionRule Port { get; } = RuleSource.Settings.Error("port-service", "The deployed container maps the port that the setting 'container-port' names");

    public static TaskDefinitionRule LoadBalancer { get; } = RuleSource.Api("LoadBalancer").Error(
        "port-load-balancer", "The container and port of each load balancer of the service are in the task definition");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Port, LoadBalancer];

    public static void Check(CheckRun run)
    {
        if (run.Context.ContainerPort is { } port && run.HasTargets && !run.Containers.Any(container => run.GetsImage(container) && Maps(container, port)))
        {
            run.Add(run.Containers.First(run.GetsImage), Port, "No port mapping of the deployed container has the service's port.",
                FormattableString.Invariant($"\"containerPort\": {port}"));
        }

        foreach (var balancer in run.Context.LoadBalancers) Balanced(run, balancer);
    }

    private static void Balanced(CheckRun run, LoadBalancerState balancer)
    {
        if (balancer.ContainerName is not { } name || balancer.ContainerPort is not { } port) return;
        if (run.Find(name) is not { } container)
        {
            run.Add(run.Root["containerDefinitions"] ?? run.Root, LoadBalancer, "The service's load balancer sends its traffic to a container that is not there.",
                FormattableString.Invariant($"a container '{name}' with port {port}"));
        }
        else if (!Maps(container, port))
        {
            run.Add(container, LoadBalancer, "The service's load balancer sends its traffic to a port that is not mapped.", FormattableString.Invariant($"\"containerPort\": {port}"));
        }
    }

    private static bool Maps(JObject container, int port)
    {
        foreach (var mapping in CheckRun.ObjectsOf(container["portMappings"]))
        {
            if (CheckRun.NumberOf(mapping["containerPort"]) == port) return true;
            if (PortChecks.RangeOf(mapping["containerPortRange"]) is var (first, last) && port >= first && port <= last) return true;
        }

        return false;
    }
}
