using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Status;

/// <summary>The target Status's work. Reads only.</summary>
public sealed class ReadStatus(DeploymentSettings settings, IServiceDeployer deployer)
{
    /// <summary>Reads the service; one that does not exist is a <see cref="SlipwayException"/>.</summary>
    /// <param name="events">How many events to give.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<ServiceStatus> RunAsync(int events = 10, CancellationToken cancellationToken = default)
    {
        try
        {
            var service = await ServicePreconditions.FindAsync(deployer, settings, cancellationToken);
            var tasks = await deployer.ListTasksAsync(settings.Cluster, settings.Service, cancellationToken);
            return new ServiceStatus(service, [.. tasks.OrderBy(task => task.IsStopped)], [.. service.Events.Take(events).Reverse()]);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }
}
