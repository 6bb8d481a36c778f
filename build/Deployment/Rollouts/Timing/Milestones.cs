using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Timing;

/// <summary>A moment that ends a part of a rollout's time.</summary>
/// <param name="Part">The part that ends here.</param>
/// <param name="At">By ECS's clock; null where it is not told.</param>
internal sealed record Milestone(string Part, DateTimeOffset? At);

/// <summary>The moments of a rollout, from the task that came up last and from the service's events. Pure.</summary>
internal static class Milestones
{
    public const string Turn = "waiting for earlier tasks";
    public const string Provisioning = "provisioning";
    public const string Pull = "image pull";
    public const string Start = "container start";
    public const string Health = "health check";
    public const string LoadBalancer = "load balancer";
    public const string Draining = "draining";

    /// <summary>The task of the deployment that came up last; null where none runs.</summary>
    public static TaskState? LastToComeUp(RolloutObservation seen, string deploymentId) => seen.Tasks
        .Where(task => task.StartedBy == deploymentId && task.IsRunning)
        .OrderByDescending(task => task.StartedAt ?? task.CreatedAt)
        .FirstOrDefault();

    /// <summary>In the order in which they happen.</summary>
    /// <param name="seen">The last observation.</param>
    /// <param name="deploymentId">Our deployment.</param>
    /// <param name="task">The task that came up last.</param>
    /// <param name="begin">When the deployment began.</param>
    /// <param name="completed">When ECS called it complete; null where it did not.</param>
    public static IReadOnlyList<Milestone> Of(
        RolloutObservation seen, string deploymentId, TaskState task, DateTimeOffset begin, DateTimeOffset? completed)
    {
        var replaced = seen.Tasks.Where(other => other.StartedBy != deploymentId && other.StoppingAt >= begin).ToList();
        var isServed = seen.Service?.LoadBalancers.Count > 0;
        var registered = isServed ? EventAfter(seen, task.StartedAt, "registered") : null;

        // ECS stops an old task once a new one is healthy, and completes a deployment that replaces none; so this is when the last one was.
        var healthy = Earliest(
            EventAfter(seen, registered ?? task.StartedAt, "begun draining"),
            EventAfter(seen, registered ?? task.StartedAt, "has stopped"),
            replaced.Where(other => other.StoppingAt >= task.StartedAt).Min(other => other.StoppingAt));
        var drained = replaced.Where(other => other.StoppingAt >= task.StartedAt).Max(other => other.StoppedAt ?? other.ExecutionStoppedAt);
        return
        [
            new(Turn, task.CreatedAt),
            new(Provisioning, task.PullStartedAt ?? task.ConnectivityAt),
            new(Pull, task.PullStoppedAt),
            new(Start, task.StartedAt),
            .. registered is null ? Array.Empty<Milestone>() : [new Milestone(Health, registered)],
            .. replaced.Count > 0 ? [new Milestone(isServed ? LoadBalancer : Health, healthy), new Milestone(Draining, drained)]
                : completed is not null && (isServed || task.Health == "HEALTHY") ? [new Milestone(isServed ? LoadBalancer : Health, completed)]
                : Array.Empty<Milestone>(),
        ];
    }

    private static DateTimeOffset? EventAfter(RolloutObservation seen, DateTimeOffset? after, string words) => after is null ? null
        : seen.Service?.Events.Where(happened => happened.At >= after && happened.Message.Contains(words, StringComparison.Ordinal))
            .Min(happened => (DateTimeOffset?)happened.At);

    private static DateTimeOffset? Earliest(params DateTimeOffset?[] times) => times.Min();
}
