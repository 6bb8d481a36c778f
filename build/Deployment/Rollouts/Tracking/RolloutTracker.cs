namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>
/// Decides what an observation means for our deployment. Pure: no clock, no calls. It follows our own deployment, by its
/// service deployment where ECS offers that and by its id elsewhere, and never concludes from a calm service that ours
/// has succeeded: a completed rollback is calm too.
/// </summary>
public static class RolloutTracker
{
    /// <summary>How long ECS may show a state from before a change: its answers are eventually consistent.</summary>
    internal static readonly TimeSpan Appearance = TimeSpan.FromSeconds(30);

    /// <summary>How long a rollback is awaited: that it begins, and then that it ends.</summary>
    internal static readonly TimeSpan RollbackPatience = TimeSpan.FromMinutes(5);

    private const int MissingLimit = 3;

    /// <summary>The next memory and the decision.</summary>
    /// <param name="goal">What is waited for.</param>
    /// <param name="memory">What the last call returned.</param>
    /// <param name="observation">What is seen now.</param>
    /// <param name="waited">How long the wait has lasted.</param>
    public static (RolloutMemory Memory, RolloutDecision Decision) Observe(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, TimeSpan waited)
    {
        memory = memory with { FirstLookAt = memory.FirstLookAt ?? waited };
        var (next, decision) = Look(goal, memory, observation, waited);
        return decision is RolloutDecision.KeepWaiting { NeedsManifestsOf: null } waiting && waited >= goal.Timeout
            ? (next, AtDeadline(goal, next, waiting, observation))
            : (next, decision);
    }

    private static (RolloutMemory Memory, RolloutDecision Decision) Look(
        RolloutGoal goal, RolloutMemory memory, RolloutObservation observation, TimeSpan waited)
    {
        if (observation.Service is not { } service)
        {
            memory = memory with { Missing = memory.Missing + 1 };
            return memory.Missing < MissingLimit || IsNew(memory, waited)
                ? memory.Wait("The service is not shown.")
                : (memory, Gone("The service no longer exists."));
        }

        memory = memory with { Missing = 0 };
        if (service.Status != "ACTIVE")
        {
            return IsNew(memory, waited)
                ? memory.Wait($"The service has the status {service.Status}.")
                : (memory, Gone($"The service is being deleted (status {service.Status})."));
        }

        var sight = new Sight(goal, observation, service, waited);
        if (sight.Ours is { } ours) memory = memory with { HasSeenOurs = true, OursCreatedAt = ours.CreatedAt ?? memory.OursCreatedAt };
        if (observation.ServiceDeployment is { } modern) return ByServiceDeployment.Look(sight, modern, memory);

        var (next, decision) = ByDeploymentId.Look(sight, memory);
        return observation.IsSearching && decision is RolloutDecision.RolledBack or RolloutDecision.Superseded
            ? next.Wait("Looking for the service deployment.")
            : (next, decision);
    }

    /// <summary>A service that was created anew under its old name may be shown as the old one for a while.</summary>
    private static bool IsNew(RolloutMemory memory, TimeSpan waited) => !memory.HasSeenOurs && waited - memory.FirstLookAt < Appearance;

    private static RolloutDecision.Failed Gone(string cause) => new(new(cause, "create it again, then run --target=DeployEcs") { Key = "service-gone" });

    /// <summary>The decision where the time is over: what is known of a failure outweighs that its end was not seen.</summary>
    internal static RolloutDecision AtDeadline(
        RolloutGoal goal, RolloutMemory memory, RolloutDecision.KeepWaiting waiting, RolloutObservation observation)
    {
        if (memory.Failure is not { } failure) return new RolloutDecision.TimedOut(waiting.Progress) { IsObserved = waiting.IsObserved };
        var now = observation.RollbackTaskDefinitionArn ?? observation.Service?.Primary?.TaskDefinitionArn;
        var isBack = observation.Service?.Primary?.Id != goal.DeploymentId || observation.RollbackTaskDefinitionArn is not null;
        return memory.RollbackSeenAt is not null && isBack && now is not null
            ? new RolloutDecision.RolledBack(failure, now, HasEnded: false)
            : new RolloutDecision.Failed(failure);
    }

    internal static (RolloutMemory Memory, RolloutDecision Decision) WaitForSight(this RolloutMemory memory, string progress) =>
        (memory, new RolloutDecision.KeepWaiting(progress) { IsObserved = false });

    internal static (RolloutMemory Memory, RolloutDecision Decision) Wait(this RolloutMemory memory, string progress) =>
        (memory, new RolloutDecision.KeepWaiting(progress));
}
