using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>How a wait ended.</summary>
/// <param name="Decision">Never <see cref="RolloutDecision.KeepWaiting"/>.</param>
/// <param name="LastSeen">The last observation; null where there was none in the whole time.</param>
public sealed record RolloutResult(RolloutDecision Decision, RolloutObservation? LastSeen);

/// <summary>The one loop: look, let the tracker decide, report, pause. It measures how long it waits, so that a clock that is set meanwhile changes nothing.</summary>
/// <param name="deployer">Where to look.</param>
/// <param name="report">Gets events, progress and a failure as they come.</param>
/// <param name="time">Measures and makes the pauses.</param>
/// <param name="jitter">Spreads the pauses; null: random.</param>
public sealed class RolloutWatcher(IServiceDeployer deployer, IReport report, TimeProvider time, Random? jitter = null)
{
    // A call under way when the time is over may still give the answer.
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(10);

    /// <summary>Whether service events are told; those of a deployment that ended long ago are no news.</summary>
    public bool TellsEvents { get; init; } = true;

    /// <summary>What a complete deployment must pass.</summary>
    public RolloutProof Proof { get; init; } = RolloutProof.None;

    /// <summary>Follows a deployment to its end. Throttling and passing errors slow it down and do not end it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="service">The service.</param>
    /// <param name="goal">Which deployment, and how long.</param>
    /// <param name="serviceDeploymentArn">The newer API's name for it; null: it is looked for.</param>
    /// <param name="cancellationToken">Ends the wait, not the deployment.</param>
    public async Task<RolloutResult> WatchAsync(
        string cluster, string service, RolloutGoal goal, string? serviceDeploymentArn, CancellationToken cancellationToken)
    {
        var pace = new PollingPace(jitter ?? Random.Shared);
        var feed = new EventFeed(goal.DeploymentId);
        var look = new RolloutLook(deployer, report, cluster, service, goal, serviceDeploymentArn);
        var memory = new RolloutMemory();
        var begin = time.GetTimestamp();
        var movedAt = TimeSpan.Zero;
        RolloutObservation? last = null;
        RolloutObservation? compared = null;
        RolloutDecision decision = new RolloutDecision.KeepWaiting("Nothing could be read yet.");
        while (true)
        {
            if (await TakeAsync(look, goal.Timeout - time.GetElapsedTime(begin), decision, time.GetElapsedTime(begin), cancellationToken) is not { } glance)
                return new RolloutResult(Over(goal, memory, last, "The last look got no answer in time."), last);

            var waited = time.GetElapsedTime(begin);
            if (glance.HasChanged) movedAt = waited;
            foreach (var trouble in glance.Troubles) report.Detail($"{trouble.Message}. Looking again later.");
            if (glance.Observation is { } seen)
            {
                StageConditions.Check(goal, seen);
                last = seen with { Manifests = compared?.Manifests, AreManifestsKnown = compared?.AreManifestsKnown ?? true };
                var before = memory.Failure;
                (memory, decision) = RolloutTracker.Observe(goal, memory, last, waited);
                if (decision is RolloutDecision.KeepWaiting { NeedsManifestsOf: { } image })
                {
                    last = compared = await CompareAsync(last, image, goal.Timeout - waited, cancellationToken);
                    (memory, decision) = RolloutTracker.Observe(goal, memory, last, waited);
                }

                Tell(feed, seen, decision, before is null ? memory.Failure : null);
                if (decision is not RolloutDecision.KeepWaiting) return new RolloutResult(await EndedAsync(decision, goal, last, cancellationToken), last);
            }
            else if (waited >= goal.Timeout)
            {
                return new RolloutResult(Over(goal, memory, last, $"The last look failed: {glance.Troubles[0].Message}"), last);
            }

            var pause = glance.Troubles.Count > 0 ? pace.AfterFailure() : pace.AfterAnswer(waited - movedAt, IsNearEnd(last, goal));
            await Task.Delay(Bounded(pause, goal.Timeout - time.GetElapsedTime(begin)), time, cancellationToken);
        }
    }

    private static RolloutDecision Over(RolloutGoal goal, RolloutMemory memory, RolloutObservation? last, string text) =>
        RolloutTracker.AtDeadline(goal, memory, new RolloutDecision.KeepWaiting(text), last ?? new RolloutObservation(null, []));

    private Task<RolloutGlance?> TakeAsync(
        RolloutLook look, TimeSpan left, RolloutDecision before, TimeSpan waited, CancellationToken cancellationToken) => WithinAsync(
        left, token => look.TakeAsync(waited, before is RolloutDecision.KeepWaiting { NeedsTasks: true }, token), cancellationToken);

    /// <summary>A registry that does not answer must not hold the wait up beyond its end.</summary>
    private async Task<RolloutObservation> CompareAsync(RolloutObservation seen, string image, TimeSpan left, CancellationToken cancellationToken)
    {
        if (await WithinAsync(left, token => Proof.WithManifestsAsync(seen, image, report, token), cancellationToken) is { } compared) return compared;
        report.Warning($"The registry did not tell in time which manifests '{image}' stands for.");
        return seen with { Manifests = [], AreManifestsKnown = false };
    }

    /// <summary>What is asked for, or null where that takes longer than what is left of the time.</summary>
    private async Task<T?> WithinAsync<T>(TimeSpan left, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var late = new CancellationTokenSource((left > TimeSpan.Zero ? left : TimeSpan.Zero) + grace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await ask(both.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Tell(EventFeed feed, RolloutObservation observation, RolloutDecision decision, RolloutFailure? news)
    {
        if (TellsEvents && observation.Service is { } service)
        {
            foreach (var happened in feed.Next(service, observation.ServiceDeployment)) report.Line("event", happened.Message);
        }

        if (decision is not RolloutDecision.KeepWaiting waiting) return;
        if (news is not null) report.Warning($"The deployment will not succeed: {news.Cause}");
        report.Progress(waiting.Progress);
    }

    private async Task<RolloutDecision> EndedAsync(
        RolloutDecision decision, RolloutGoal goal, RolloutObservation seen, CancellationToken cancellationToken) =>
        await Proof.CheckAsync(await NamedAsync(decision, cancellationToken), goal, seen, cancellationToken);

    /// <summary>Says who is behind the other deployment, where ECS tells.</summary>
    private async Task<RolloutDecision> NamedAsync(RolloutDecision decision, CancellationToken cancellationToken)
    {
        if (decision is not RolloutDecision.Superseded other) return decision;
        try
        {
            var definition = await deployer.FindTaskDefinitionAsync(other.TaskDefinitionArn, cancellationToken);
            return definition is null ? other : other with { RegisteredBy = definition.RegisteredBy };
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException)
        {
            report.Detail(failure.Message);
            return other;
        }
    }

    private static bool IsNearEnd(RolloutObservation? seen, RolloutGoal goal) =>
        seen?.Service is { PendingCount: 0 } service
        && service.FindDeployment(goal.DeploymentId) is { IsPrimary: true } ours
        && ours.RunningCount >= ours.DesiredCount;

    /// <summary>The last look is at the deadline, not a pause after it.</summary>
    private static TimeSpan Bounded(TimeSpan pause, TimeSpan left)
    {
        var atLeast = TimeSpan.FromMilliseconds(100);
        return left < pause ? (left > atLeast ? left : atLeast) : pause;
    }
}
