using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Status;

/// <summary>What a person wants to know of a service now.</summary>
/// <param name="Service">The service with its deployments and load balancers.</param>
/// <param name="Tasks">Its tasks: those that run or start, then those that stopped lately, each newest first.</param>
/// <param name="Events">The newest events, oldest first.</param>
public sealed record ServiceStatus(ServiceState Service, IReadOnlyList<TaskState> Tasks, IReadOnlyList<ServiceEvent> Events)
{
    /// <summary>Whether the primary deployment is complete and every task that shall run does.</summary>
    public bool IsStable => Service.Primary is { } primary && RolloutCompletion.IsComplete(Service, primary);

    /// <summary>The digests of what runs; more than one while a deployment is under way.</summary>
    public IReadOnlyList<string> RunningDigests =>
        [.. Tasks.Where(task => task.IsRunning)
            .SelectMany(task => task.Containers)
            .Select(container => container.ImageDigest)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)];
}
