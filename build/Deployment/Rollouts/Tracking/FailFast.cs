using Slipway.Deployment.Rollouts.Failures;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Finds failures that no waiting cures. Pure.</summary>
internal static class FailFast
{
    // ECS's own words where a task cannot even be made: there is no task then that could tell.
    private static readonly string[] unmade = ["failed to launch a task", "unable to assume", "service deployment configuration"];

    /// <summary>Why waiting makes no sense; null while it does.</summary>
    public static RolloutFailure? Find(Sight sight)
    {
        var hopeless = TaskFailures.Group(sight.Seen.Tasks, sight.Goal.DeploymentId).Concat(InEvents(sight))
            .FirstOrDefault(group => IsHopeless(group, sight));
        return hopeless is null ? null : hopeless.ToFailure() with { IsSpecific = true };
    }

    private static IEnumerable<FailureGroup> InEvents(Sight sight) => sight.Ours is not { CreatedAt: not null } ours
        ? []
        : TaskFailures.InEvents(sight.Service, ours)
            .Where(group => Array.Exists(unmade, word => group.Reason.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// A rule that needs one failure is certain, one that needs two is about a start that did not come off, one that needs more is about a
    /// program that ended. Programs get as many tries as the deployment circuit breaker would give them: half of the desired count.
    /// </summary>
    private static bool IsHopeless(FailureGroup group, Sight sight)
    {
        var limits = sight.Goal.Settings;
        var limit = group.Rule?.HopelessAfter switch
        {
            null => 0,
            1 => 1,
            2 => limits.FailAfterPulls,
            _ => limits.FailAfterExits == 0 ? 0 : Math.Max(limits.FailAfterExits, (Math.Min(sight.Service.DesiredCount, 400) + 1) / 2),
        };
        return limit > 0 && group.Count >= limit;
    }
}
