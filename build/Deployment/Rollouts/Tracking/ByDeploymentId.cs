using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Follows our deployment in the list that the service itself shows: all that older endpoints offer. Pure.</summary>
internal static class ByDeploymentId
{
    public static (RolloutMemory Memory, RolloutDecision Decision) Look(Sight sight, RolloutMemory memory)
    {
        if (IsOld(sight, memory))
        {
            memory = memory with { OddSince = memory.OddSince ?? sight.Waited };
            if (sight.Waited - memory.OddSince < RolloutTracker.Appearance) return memory.WaitForSight("ECS does not show the deployment yet.");
        }
        else
        {
            memory = memory with { OddSince = null };
        }

        if (sight.Ours is { IsPrimary: true, IsFailed: false } ours)
        {
            // ECS begins a deployment of a new id for each revision. Emulators exist that keep the old one, complete as it was.
            return ours.TaskDefinitionArn == sight.Goal.TaskDefinitionArn
                ? Advance(sight, memory, ours)
                : memory.WaitForSight($"The service shows the deployment with '{ResourceName.Of(ours.TaskDefinitionArn)}'.");
        }

        return sight.Service.Primary is { } primary && primary.Id != sight.Goal.DeploymentId
            ? Replaced(sight, memory, primary)
            : GivenUp(sight, memory);
    }

    /// <summary>Ours is given up, or gone, and no other is primary: a rollback may be about to begin.</summary>
    public static (RolloutMemory Memory, RolloutDecision Decision) GivenUp(Sight sight, RolloutMemory memory)
    {
        memory = Failing(sight, memory, RolloutCause.Of(sight, memory.Failure));
        return sight.WillRollBack && sight.Waited - memory.RollbackSeenAt < RolloutTracker.Appearance
            ? memory.Wait($"The deployment has failed. Waiting for the rollback. {memory.Failure!.Cause}")
            : (memory, new RolloutDecision.Failed(memory.Failure!));
    }

    /// <summary>The memory of a deployment that will not succeed any more, because it is being rolled back or given up.</summary>
    public static RolloutMemory Failing(Sight sight, RolloutMemory memory, RolloutFailure failure) => memory with
    {
        Failure = failure,
        FailureSeenAt = memory.FailureSeenAt ?? sight.Waited,
        RollbackSeenAt = memory.RollbackSeenAt ?? sight.Waited,
    };

    /// <summary>Right after an update, and on a replica that lags behind, the service is shown as it was before.</summary>
    private static bool IsOld(Sight sight, RolloutMemory memory) =>
        sight.Ours is null
        && (!memory.HasSeenOurs
            || (sight.Service.Primary is { CreatedAt: { } created } primary && created < memory.OursCreatedAt && !RollbackSigns.Says(primary)));

    private static (RolloutMemory Memory, RolloutDecision Decision) Advance(Sight sight, RolloutMemory memory, DeploymentState ours)
    {
        var progress = RolloutProgress.Describe(sight, ours);
        if (RolloutCompletion.IsComplete(sight.Service, ours)) return (memory, RolloutCompletion.Decide(sight, ours, progress));
        if ((FailFast.Find(sight) ?? memory.Failure) is not { } failure) return memory.Wait(progress);

        memory = memory with { Failure = memory.Failure ?? failure, FailureSeenAt = memory.FailureSeenAt ?? sight.Waited };
        return sight is { WillRollBack: true, Service.CircuitBreaker: true } && sight.Waited - memory.FailureSeenAt < RolloutTracker.RollbackPatience
            ? memory.Wait($"{memory.Failure.Cause} Waiting for the circuit breaker to roll back. {progress}")
            : (memory, new RolloutDecision.Failed(memory.Failure));
    }

    /// <summary>Another deployment is primary: a rollback of ours, or somebody else's.</summary>
    private static (RolloutMemory Memory, RolloutDecision Decision) Replaced(Sight sight, RolloutMemory memory, DeploymentState primary)
    {
        if (!RollbackSigns.Tell(sight, primary))
            return (memory, new RolloutDecision.Superseded(primary.Id, primary.TaskDefinitionArn) { At = primary.CreatedAt });

        memory = Failing(sight, memory, RolloutCause.Of(sight, memory.Failure));
        if (primary.IsFailed) return (memory, RollbackFailed(memory, primary.TaskDefinitionArn));
        var hasEnded = RolloutCompletion.IsComplete(sight.Service, primary);
        return hasEnded || sight.Waited - memory.RollbackSeenAt >= RolloutTracker.RollbackPatience
            ? (memory, new RolloutDecision.RolledBack(memory.Failure!, primary.TaskDefinitionArn, hasEnded))
            : memory.Wait($"Rolling back. {RolloutProgress.Describe(sight.Service, primary)}");
    }

    public static RolloutDecision.Failed RollbackFailed(RolloutMemory memory, string revision) => new(
        memory.Failure! with { Cause = $"{memory.Failure.Cause} The rollback to '{revision}' failed too." });
}
