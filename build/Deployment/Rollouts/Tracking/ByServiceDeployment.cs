using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>
/// Follows our deployment by its service deployment, which ECS keeps for months and whose status tells every end apart, a
/// rollback to the very same revision included. Pure.
/// </summary>
internal static class ByServiceDeployment
{
    public static (RolloutMemory Memory, RolloutDecision Decision) Look(Sight sight, ServiceDeploymentState ours, RolloutMemory memory) => ours.Status switch
    {
        ServiceDeploymentStatus.Successful => Succeeded(sight, ours, memory),
        ServiceDeploymentStatus.RollbackRequested or ServiceDeploymentStatus.RollbackInProgress => RollingBack(sight, memory),
        ServiceDeploymentStatus.RollbackSuccessful => RolledBack(sight, memory),
        ServiceDeploymentStatus.RollbackFailed => RollbackFailed(sight, memory),
        ServiceDeploymentStatus.StopRequested or ServiceDeploymentStatus.Stopped => Stopped(sight, ours, memory),
        _ => UnderWay(sight, ours, memory),
    };

    private static (RolloutMemory Memory, RolloutDecision Decision) Succeeded(Sight sight, ServiceDeploymentState ours, RolloutMemory memory)
    {
        if (sight.Service.Primary is not { } primary) return Odd(sight, memory, "The service shows no deployment.", Vanished);
        if (primary.Id == sight.Goal.DeploymentId) return Proven(sight, memory, primary, []);
        if (IsOlder(primary, ours)) return Odd(sight, memory, "ECS does not show the deployment yet.", Vanished);
        return primary.TaskDefinitionArn == sight.Goal.TaskDefinitionArn && RolloutCompletion.IsComplete(sight.Service, primary)
            ? Proven(sight, memory, primary, [$"The deployment succeeded; deployment '{primary.Id}' of the same task definition runs now."])
            : (memory, Superseded(primary) with { AfterSuccess = true });
    }

    /// <summary>ECS's word is not enough: the tasks must run, and run what was pushed.</summary>
    private static (RolloutMemory Memory, RolloutDecision Decision) Proven(
        Sight sight, RolloutMemory memory, DeploymentState primary, IReadOnlyList<string> notes)
    {
        memory = memory with { OddSince = null };
        var progress = $"ECS calls the deployment successful. {RolloutProgress.Describe(sight.Service, primary)}";
        if (RolloutCompletion.RunsAll(sight, primary))
        {
            var decision = RolloutCompletion.Decide(sight, primary, progress);
            return (memory, decision is RolloutDecision.Stable stable ? new RolloutDecision.Stable([.. notes, .. stable.Notes]) : decision);
        }

        return FailFast.Find(sight) is { } failure ? (memory, new RolloutDecision.Failed(failure)) : memory.Wait(progress);
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) RollingBack(Sight sight, RolloutMemory memory)
    {
        memory = ByDeploymentId.Failing(sight, memory, RolloutCause.Of(sight, memory.Failure));
        if (sight.Waited - memory.RollbackSeenAt >= RolloutTracker.RollbackPatience)
            return (memory, new RolloutDecision.RolledBack(memory.Failure!, GoesBackTo(sight), HasEnded: false));
        var progress = sight.Service.Primary is { } primary ? RolloutProgress.Describe(sight.Service, primary) : string.Empty;
        return memory.Wait($"Rolling back. {progress}".TrimEnd());
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) RolledBack(Sight sight, RolloutMemory memory)
    {
        memory = ByDeploymentId.Failing(sight, memory, RolloutCause.Of(sight, memory.Failure));
        return (memory, new RolloutDecision.RolledBack(memory.Failure!, GoesBackTo(sight), HasEnded: true));
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) RollbackFailed(Sight sight, RolloutMemory memory)
    {
        memory = ByDeploymentId.Failing(sight, memory, RolloutCause.Of(sight, memory.Failure));
        return (memory, ByDeploymentId.RollbackFailed(memory, GoesBackTo(sight)));
    }

    /// <summary>By the breaker where nothing is rolled back, by somebody, or by a newer deployment.</summary>
    private static (RolloutMemory Memory, RolloutDecision Decision) Stopped(Sight sight, ServiceDeploymentState ours, RolloutMemory memory)
    {
        var isTripped = ours.Breaker is { Status: "TRIGGERED" };
        if (!isTripped && sight.Service.Primary is { } primary && primary.Id != sight.Goal.DeploymentId && !IsOlder(primary, ours))
            return (memory, Superseded(primary));

        var failure = RolloutCause.Of(sight, memory.Failure);
        if (ours.Status == ServiceDeploymentStatus.StopRequested)
        {
            memory = memory with { Failure = failure, FailureSeenAt = memory.FailureSeenAt ?? sight.Waited };
            return sight.Waited - memory.FailureSeenAt < RolloutTracker.RollbackPatience
                ? memory.Wait($"The deployment is being stopped. {failure.Cause}")
                : (memory, new RolloutDecision.Failed(failure));
        }

        return isTripped || RolloutCause.IsAskedFor(ours)
            ? (memory with { Failure = failure }, new RolloutDecision.Failed(failure))
            : Odd(sight, memory, "The deployment was stopped. Looking for the one that took its place.", new RolloutDecision.Failed(failure));
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) UnderWay(Sight sight, ServiceDeploymentState ours, RolloutMemory memory)
    {
        if (ours.Breaker is { Status: "TRIGGERED" }) return ByDeploymentId.GivenUp(sight, memory);
        if (sight.Goal.Settings.WaitUntil.IsReachedBy(ours.LifecycleStage))
            return (memory, RolloutCompletion.AtStage(sight, ours.LifecycleStage!));

        var (next, decision) = ByDeploymentId.Look(sight, memory);
        var progress = ours.LifecycleStage is { } stage ? $"Stage {stage}{Traffic(ours)}. " : string.Empty;
        return decision switch
        {
            RolloutDecision.KeepWaiting waiting => (next, waiting with { Progress = progress + waiting.Progress }),
            RolloutDecision.Failed => (next, decision),
            RolloutDecision.Stable => next.Wait($"{progress}All tasks run; ECS has not ended the deployment yet."),
            // The service shows another deployment while ours goes on: one of the two answers is old.
            _ => Odd(sight, memory, $"{progress}Another deployment is shown.", decision),
        };
    }

    /// <summary>Answers that do not fit together are looked at again for a while before they count.</summary>
    private static (RolloutMemory Memory, RolloutDecision Decision) Odd(Sight sight, RolloutMemory memory, string progress, RolloutDecision atLast)
    {
        memory = memory with { OddSince = memory.OddSince ?? sight.Waited };
        return sight.Waited - memory.OddSince < RolloutTracker.Appearance ? memory.Wait(progress) : (memory, atLast);
    }

    private static RolloutDecision Vanished => new RolloutDecision.Failed(new(
        "ECS calls the deployment successful, but the service does not run it.", "look at the service's deployments, then deploy again")
    { Key = "not-live" });

    private static RolloutDecision.Superseded Superseded(DeploymentState other) => new(other.Id, other.TaskDefinitionArn) { At = other.CreatedAt };

    private static bool IsOlder(DeploymentState other, ServiceDeploymentState ours) => other.CreatedAt < ours.CreatedAt;

    private static string GoesBackTo(Sight sight) =>
        sight.Seen.RollbackTaskDefinitionArn ?? sight.Goal.PreviousTaskDefinitionArn ?? sight.Service.TaskDefinitionArn;

    private static string Traffic(ServiceDeploymentState ours) => ours.Target switch
    {
        { ProductionTraffic: { } production, TestTraffic: { } test } =>
            FormattableString.Invariant($", {production:0.#} % of production traffic, {test:0.#} % of test traffic"),
        { ProductionTraffic: { } production } => FormattableString.Invariant($", {production:0.#} % of production traffic"),
        _ => string.Empty,
    };
}
