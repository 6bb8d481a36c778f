using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>
/// Decides what an observation means for our deployment. Pure: no clock, no calls. It follows the deployment by its id
/// and never concludes from a calm service that ours has succeeded: a completed rollback is calm too.
/// </summary>
public static class RolloutTracker
{
    /// <summary>How long ECS may show a state from before our update.</summary>
    internal static readonly TimeSpan Appearance = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of a rollback is awaited once it has begun.</summary>
    internal static readonly TimeSpan RollbackPatience = TimeSpan.FromMinutes(5);

    private const int MissingLimit = 3;

    /// <summary>The next memory and the decision.</summary>
    public static (RolloutMemory Memory, RolloutDecision Decision) Observe(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, DateTimeOffset now)
    {
        memory = memory with { FirstLookAt = memory.FirstLookAt ?? now };
        var (next, decision) = Look(goal, memory, observation, now);
        return decision is RolloutDecision.KeepWaiting waiting && now >= goal.Deadline
            ? (next, AtDeadline(next, waiting, observation))
            : (next, decision);
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) Look(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, DateTimeOffset now)
    {
        if (observation.Service is not { } service)
        {
            memory = memory with { Missing = memory.Missing + 1 };
            return memory.Missing < MissingLimit
                ? Wait(memory, "The service is not shown.")
                : (memory, new RolloutDecision.Failed(new("The service no longer exists.", "create it again, then run --target=DeployEcs")));
        }

        memory = memory with { Missing = 0 };
        if (service.Status != "ACTIVE")
        {
            return (memory, new RolloutDecision.Failed(
                new($"The service is being deleted (status {service.Status}).", "create it again, then run --target=DeployEcs")));
        }

        var ours = service.FindDeployment(goal.DeploymentId);
        if (ours is not null) memory = memory with { HasSeenOurs = true };
        if (ours is null && !memory.HasSeenOurs && now - memory.FirstLookAt < Appearance)
            return Wait(memory, "ECS does not show the deployment yet.");

        if (ours is { IsPrimary: true, IsFailed: false }) return Advance(goal, memory, observation, service, ours);
        return service.Primary is { } primary && primary.Id != goal.DeploymentId
            ? Replaced(goal, memory, observation, service, primary, ours, now)
            : Given(goal, memory, observation, service, ours, now);
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) Advance(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, ServiceState service, DeploymentState ours)
    {
        var progress = RolloutProgress.Describe(service, ours);
        if (RolloutCompletion.IsComplete(service, ours))
            return (memory, RolloutCompletion.Verify(goal, observation, ours) ?? new RolloutDecision.KeepWaiting(progress));

        var hopeless = TaskFailures.Group(observation.Tasks, goal.DeploymentId).FirstOrDefault(group => group.IsHopeless);
        if (hopeless is null) return Wait(memory, progress);

        var failure = hopeless.ToFailure();
        return service.CircuitBreaker && WillRollBack(goal, service)
            ? Wait(memory with { Failure = failure }, $"{failure.Cause} Waiting for the circuit breaker to roll back. {progress}")
            : (memory, new RolloutDecision.Failed(failure));
    }

    /// <summary>Another deployment is primary: a rollback of ours, or somebody else's.</summary>
    private static (RolloutMemory Memory, RolloutDecision Decision) Replaced(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, ServiceState service,
        DeploymentState primary, DeploymentState? ours, DateTimeOffset now)
    {
        if (!RollbackSigns.Tell(goal, observation, service, primary, ours))
            return (memory, new RolloutDecision.Superseded(primary.Id, primary.TaskDefinitionArn));

        var failure = memory.Failure ?? CauseOf(goal, observation, ours);
        memory = memory with { Failure = failure, RollbackSeenAt = memory.RollbackSeenAt ?? now };
        if (primary.IsFailed)
        {
            return (memory, new RolloutDecision.Failed(failure with
            {
                Cause = $"{failure.Cause} The rollback to '{primary.TaskDefinitionArn}' failed too.",
            }));
        }

        var hasEnded = RolloutCompletion.IsComplete(service, primary);
        return hasEnded || now - memory.RollbackSeenAt >= RollbackPatience
            ? (memory, new RolloutDecision.RolledBack(failure, primary.TaskDefinitionArn, hasEnded))
            : Wait(memory, $"Rolling back. {RolloutProgress.Describe(service, primary)}");
    }

    /// <summary>Ours is given up, or gone, and no other is primary: a rollback may be about to begin.</summary>
    private static (RolloutMemory Memory, RolloutDecision Decision) Given(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, ServiceState service, DeploymentState? ours, DateTimeOffset now)
    {
        var failure = memory.Failure ?? CauseOf(goal, observation, ours);
        memory = memory with { Failure = failure, RollbackSeenAt = memory.RollbackSeenAt ?? now };
        return WillRollBack(goal, service) && now - memory.RollbackSeenAt < Appearance
            ? Wait(memory, $"The deployment has failed. Waiting for the rollback. {failure.Cause}")
            : (memory, new RolloutDecision.Failed(failure));
    }

    private static RolloutDecision AtDeadline(RolloutMemory memory, RolloutDecision.KeepWaiting waiting, RolloutObservation observation)
    {
        if (memory.Failure is not { } failure) return new RolloutDecision.TimedOut(waiting.Progress);
        return memory.RollbackSeenAt is not null && observation.Service?.Primary is { } primary
            ? new RolloutDecision.RolledBack(failure, primary.TaskDefinitionArn, HasEnded: false)
            : new RolloutDecision.Failed(failure);
    }

    private static RolloutFailure CauseOf(RolloutGoal goal, RolloutObservation observation, DeploymentState? ours)
    {
        if (TaskFailures.Group(observation.Tasks, goal.DeploymentId) is [var known, ..]) return known.ToFailure();

        var reason = observation.ServiceDeployment?.Rollback?.Reason ?? observation.ServiceDeployment?.Reason ?? ours?.RolloutStateReason;
        var text = string.IsNullOrWhiteSpace(reason) ? "ECS gave the deployment up and told no reason." : $"ECS gave the deployment up: {reason}";
        var rule = FailureCatalogue.Find(text, null, FailureSource.Event);
        return new RolloutFailure(text, rule?.Remedy) { Key = rule?.Key };
    }

    private static bool WillRollBack(RolloutGoal goal, ServiceState service) => service.RollsBack && goal.PreviousTaskDefinitionArn is not null;

    private static (RolloutMemory Memory, RolloutDecision Decision) Wait(RolloutMemory memory, string progress) =>
        (memory, new RolloutDecision.KeepWaiting(progress));
}
