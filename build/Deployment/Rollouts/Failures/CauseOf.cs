using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Chooses the cause that says most: of what the tracker decided by, the tasks, the events and the logs. Pure.</summary>
internal static class CauseOf
{
    // They say that tasks do not come up, and not why.
    private static readonly string[] general = ["breaker", "starting", "placement", "exit", "exit-1", "exit-134", "exit-139", "load-balancer"];

    /// <summary>The cause.</summary>
    /// <param name="decided">What the tracker decided by; null after a timeout.</param>
    /// <param name="groups">The failed tasks.</param>
    /// <param name="interrupted">The tasks that a person or AWS stopped.</param>
    /// <param name="service">The service; null where it was not seen.</param>
    /// <param name="ours">Our deployment; null where it is not shown.</param>
    /// <param name="logs">What the containers wrote.</param>
    public static RolloutFailure Failure(
        RolloutFailure? decided, IReadOnlyList<FailureGroup> groups, IReadOnlyList<FailureGroup> interrupted, ServiceState? service,
        DeploymentState? ours, IReadOnlyList<ContainerLog> logs)
    {
        var events = service is null ? [] : TaskFailures.InEvents(service, ours);
        var cause = decided is { Key: not (null or "breaker" or "starting") } || (decided is not null && groups.Count == 0 && events.Count == 0)
            ? decided
            : groups is [var first, ..] ? first.ToFailure()
            : (events.FirstOrDefault(group => !general.Contains(group.Rule!.Key)) ?? events.FirstOrDefault(group => group.Rule!.Key != "breaker"))?.ToFailure()
            ?? decided
            ?? (interrupted is [var stopped, ..] ? stopped.ToFailure() : null)
            ?? new RolloutFailure("No task of the deployment has failed so far.", null);
        if (cause.Key is not null && !general.Contains(cause.Key)) return cause;
        if (Written(logs) is { } written) return written;
        return cause.Key == "load-balancer" && events.FirstOrDefault(group => IsHealthCheck(group.Rule!.Key)) is { } told ? told.ToFailure() : cause;
    }

    private static bool IsHealthCheck(string key) => key.StartsWith("load-balancer-", StringComparison.Ordinal);

    private static RolloutFailure? Written(IReadOnlyList<ContainerLog> logs) =>
        (from log in logs
         from line in log.Lines.Reverse()
         let rule = FailureCatalogue.Find(line, null, FailureSource.Log)
         where rule is not null
         select new RolloutFailure($"{rule.Cause.TrimEnd('.')} (container '{log.Container}').", rule.Remedy) { Key = rule.Key }).FirstOrDefault();
}
