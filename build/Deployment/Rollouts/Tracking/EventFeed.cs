using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Gives every service event of a deployment once, oldest first. By id: several events carry the same time.</summary>
internal sealed class EventFeed(string deploymentId)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private DateTimeOffset? begin;

    /// <summary>The events that are new in this observation; none before the deployment itself is shown.</summary>
    public IReadOnlyList<ServiceEvent> Next(ServiceState service, ServiceDeploymentState? modern)
    {
        begin ??= service.FindDeployment(deploymentId)?.CreatedAt ?? modern?.CreatedAt;
        return begin is null
            ? []
            : [.. service.Events.Where(happened => happened.At >= begin).Reverse().Where(happened => seen.Add(happened.Id))];
    }
}
