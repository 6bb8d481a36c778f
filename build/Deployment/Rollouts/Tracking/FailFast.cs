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
    /// A rule that needs one failure is certain. A start that does not come off gets as many tries as the rule or the setting says, whichever is
    /// more; a program that ends as many as the deployment circuit breaker would give it: half of the desired count, if that is more.
    /// </summary>
    private static bool IsHopeless(FailureGroup group, Sight sight)
    {
        if (group.Rule?.HopelessAfter is not { } least) return false;
        var limits = sight.Goal.Settings;
        var hasRun = group.ExitCode is not null || group.Tasks.Any(task => task.StopCode is not (null or "TaskFailedToStart"));
        var (limit, atLeast) = hasRun ? (limits.FailAfterExits, (Math.Min(sight.Service.DesiredCount, 400) + 1) / 2) : (limits.FailAfterPulls, least);
        return least == 1 || (limit > 0 && group.Count >= Math.Max(limit, atLeast));
    }
}
