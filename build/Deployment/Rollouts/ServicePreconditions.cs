using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>What must be true of a service before anything can be deployed to it.</summary>
internal static class ServicePreconditions
{
    /// <summary>The service of the settings, where there is one; else a <see cref="SlipwayException"/> with remedy.</summary>
    public static async Task<ServiceState> FindAsync(IServiceDeployer deployer, DeploymentSettings settings, CancellationToken cancellationToken)
    {
        var service = await deployer.FindServiceAsync(settings.Cluster, settings.Service, cancellationToken);
        return Absence(service, settings) is { } refusal ? throw refusal : service!;
    }

    /// <summary>The service of the settings, where it can be deployed to; else a <see cref="SlipwayException"/> with remedy.</summary>
    public static async Task<ServiceState> FindActiveAsync(IServiceDeployer deployer, DeploymentSettings settings, CancellationToken cancellationToken)
    {
        var service = await FindAsync(deployer, settings, cancellationToken);
        return (Draining(service, settings) ?? OtherController(service, settings)) is { } refusal ? throw refusal : service;
    }

    /// <summary>Why there is no such service; null where there is one.</summary>
    public static SlipwayException? Absence(ServiceState? service, DeploymentSettings settings)
    {
        if (service is { Status: not "INACTIVE" }) return null;
        var found = service is null ? "does not exist" : "has been deleted (status INACTIVE)";
        return Refusal(
            $"Service '{settings.Service}' {found} in cluster '{settings.Cluster}', region {settings.Region}.",
            "create it first, or correct the settings 'service', 'cluster' and 'region' (--target=Settings shows where they come from)");
    }

    /// <summary>Why a service that is there takes no deployment any more; null where it does.</summary>
    public static SlipwayException? Draining(ServiceState service, DeploymentSettings settings) => service.Status == "ACTIVE" ? null : Refusal(
        $"Service '{settings.Service}' in cluster '{settings.Cluster}' is being deleted (status {service.Status}).",
        "wait until it is gone, then create it again");

    /// <summary>Why deployments of a service cannot be followed; null where they can.</summary>
    public static SlipwayException? OtherController(ServiceState service, DeploymentSettings settings) => service.Controller == "ECS" ? null : Refusal(
        $"Service '{settings.Service}' has the deployment controller {service.Controller}; deployments of ECS's own controller are followed only.",
        "use a service with the deployment controller ECS");

    private static SlipwayException Refusal(string message, string remedy) => new(ExitCode.PreconditionFailed, message, remedy);
}
