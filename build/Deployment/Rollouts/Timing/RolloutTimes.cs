using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Timing;

/// <summary>Splits a rollout's wall time. Pure.</summary>
internal static class RolloutTimes
{
    /// <summary>The split; null where no task of ours runs, or where the deployment's begin and end are not told.</summary>
    /// <param name="seen">The last observation.</param>
    /// <param name="deploymentId">Our deployment.</param>
    /// <param name="health">The longest health check of the containers; null where it is not known.</param>
    public static RolloutTiming? Of(RolloutObservation? seen, string deploymentId, HealthCheckTimes? health = null)
    {
        var ours = seen?.Service?.FindDeployment(deploymentId);
        if (seen is null || (ours?.CreatedAt ?? seen.ServiceDeployment?.CreatedAt) is not { } begin) return null;
        if (EndOf(seen, deploymentId, begin) is not { } end || end <= begin) return null;

        if (Milestones.LastToComeUp(seen, deploymentId) is not { } task) return null;

        var isComplete = ours?.IsCompleted == true || seen.ServiceDeployment is { Status: ServiceDeploymentStatus.Successful };
        var (parts, unknown) = Split(begin, end, Milestones.Of(seen, deploymentId, task, begin, isComplete ? end : null));
        var seconds = (end - begin).TotalSeconds;
        var timing = new RolloutTiming(seconds, task.Id, parts, Math.Max(0, seconds - parts.Sum(part => part.Seconds)), unknown, []);
        return timing with { Advice = TimingAdvice.Of(timing, seen.Service, ours, health) };
    }

    /// <summary>
    /// Parts between moments that are known, in order and within the whole. A moment that is missing, or that lies before the one before it,
    /// makes the part that it ends and the one that it begins unknown: their sum is known and is nobody's.
    /// </summary>
    internal static (IReadOnlyList<TimingPart> Parts, IReadOnlyList<string> Unknown) Split(
        DateTimeOffset begin, DateTimeOffset end, IReadOnlyList<Milestone> milestones)
    {
        var parts = new List<TimingPart>();
        var unknown = new List<string>();
        DateTimeOffset? last = begin;
        var latest = begin;
        foreach (var milestone in milestones)
        {
            var at = milestone.At is { } told && told >= latest && told <= end ? milestone.At : null;
            if (at is null || last is null) unknown.Add(milestone.Part);
            else parts.Add(new TimingPart(milestone.Part, (at.Value - last.Value).TotalSeconds));
            last = at;
            latest = at ?? latest;
        }

        return (parts, unknown);
    }

    private static DateTimeOffset? EndOf(RolloutObservation seen, string deploymentId, DateTimeOffset begin) =>
        seen.ServiceDeployment?.FinishedAt
        ?? seen.Service?.Events
            .Where(happened => happened.At >= begin && happened.Message.Contains(deploymentId, StringComparison.Ordinal)
                && happened.Message.Contains("deployment completed", StringComparison.Ordinal))
            .Max(happened => (DateTimeOffset?)happened.At)
        ?? seen.Service?.FindDeployment(deploymentId)?.UpdatedAt;
}
