using System.Globalization;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>What a service must be, or should be, for deployments to be followed. Pure.</summary>
internal static class ServiceFacts
{
    public static CheckNode Controller(ServiceState service, DeploymentSettings settings, string name) =>
        ServicePreconditions.OtherController(service, settings) is { } refusal
            ? CheckNode.Ng(name, refusal.Message, refusal.Remedy)
            : CheckNode.Ok(name, $"ECS itself, strategy {service.Strategy}");

    public static CheckNode LaunchType(ServiceState service, string name)
    {
        var placement = service.Placement;
        var providers = string.Join(", ", placement.CapacityProviders.Select(share => share.Provider));
        return CheckNode.Ok(name, placement.LaunchType ?? (providers.Length > 0 ? $"capacity providers {providers}" : "the cluster's default capacity providers"));
    }

    public static CheckNode DesiredCount(ServiceState service, DeploymentSettings settings, string name)
    {
        var count = (settings.DesiredCount ?? service.DesiredCount).ToString(CultureInfo.InvariantCulture);
        return settings.DesiredCount is null && service.DesiredCount == 0
            ? CheckNode.Ok(name, "0: a deployment would start no task, and prove nothing") with { Remedy = "give the number of tasks: --desired-count=1" }
            : CheckNode.Ok(name, settings.DesiredCount is null ? $"{count}, the service's own" : $"{count}, by the settings");
    }

    public static CheckNode Breaker(ServiceState service, DeploymentSettings settings, string name) => service switch
    {
        { CircuitBreaker: true, RollsBack: true } => CheckNode.Ok(name, "on, and it rolls back"),
        { RollsBack: true } => CheckNode.Ok(name, "off; alarms roll back"),
        _ => CheckNode.Ok(
            name, $"{(service.CircuitBreaker ? "on" : "off")}, and ECS rolls nothing back{(settings.RollsBackOnFailure ? "; this program does (rollback-on-failure)" : "")}") with
        {
            Remedy = settings.RollsBackOnFailure ? null
                : $"switch it on: aws ecs update-service --cluster {ResourceName.Of(settings.Cluster)} --service {settings.Service} "
                    + "--deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}'",
        },
    };
}
