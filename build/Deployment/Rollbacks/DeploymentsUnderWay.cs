using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollbacks;

/// <summary>Finds the service deployment that ECS works on. There is one at a time for each service.</summary>
internal sealed class DeploymentsUnderWay(IServiceDeployer deployer)
{
    /// <summary>The one that is under way and does not go back already; null where there is none, or where ECS does not offer them.</summary>
    public async Task<ServiceDeploymentState?> FindAsync(ServiceState service, CancellationToken cancellationToken)
    {
        // Services keep naming their last one after its end.
        if (service.ServiceDeploymentArn is { } arn && await deployer.FindServiceDeploymentAsync(arn, cancellationToken) is { } current && IsUnderWay(current))
            return current;
        var listed = await deployer.ListServiceDeploymentsAsync(service.Cluster, service.Name, null, cancellationToken);
        return listed?.FirstOrDefault(IsUnderWay);
    }

    private static bool IsUnderWay(ServiceDeploymentState deployment) =>
        !deployment.IsOver && !ServiceDeploymentStatus.IsRollback(deployment.Status) && deployment.Status != ServiceDeploymentStatus.StopRequested;
}
