using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>How a wait ended.</summary>
/// <param name="Decision">Never <see cref="RolloutDecision.KeepWaiting"/>.</param>
/// <param name="LastSeen">The last observation; null where there was none in the whole time.</param>
public sealed record RolloutResult(RolloutDecision Decision, RolloutObservation? LastSeen);

/// <summary>The one loop: look, let the tracker decide, report, pause.</summary>
/// <param name="deployer">Where to look.</param>
/// <param name="report">Gets events and progress as they come.</param>
/// <param name="time">The clock of pauses and deadline.</param>
/// <param name="jitter">Spreads the pauses; null: random.</param>
public sealed class RolloutWatcher(IServiceDeployer deployer, IReport report, TimeProvider time, Random? jitter = null)
{
    /// <summary>Whether service events are told; those of a deployment that ended long ago are no news.</summary>
    public bool TellsEvents { get; init; } = true;

    /// <summary>Follows a deployment to its end. Throttling and passing errors slow it down and do not end it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="service">The service.</param>
    /// <param name="goal">Which deployment, and until when.</param>
    /// <param name="serviceDeploymentArn">The newer API's name for it; null: the service's own answer is used where it has one.</param>
    /// <param name="cancellationToken">Ends the wait, not the deployment.</param>
    public async Task<RolloutResult> WatchAsync(
        string cluster, string service, RolloutGoal goal, string? serviceDeploymentArn, CancellationToken cancellationToken)
    {
        var pace = new PollingPace(jitter ?? Random.Shared);
        var feed = new EventFeed(goal.DeploymentId);
        var memory = new RolloutMemory();
        RolloutObservation? last = null;
        while (true)
        {
            TimeSpan pause;
            try
            {
                last = await LookAsync(cluster, service, serviceDeploymentArn, cancellationToken);
                (memory, var decision) = RolloutTracker.Observe(goal, memory, last, time.GetUtcNow());
                Tell(feed, last, decision);
                if (decision is not RolloutDecision.KeepWaiting) return new RolloutResult(decision, last);
                pause = pace.AfterAnswer();
            }
            catch (TransientServiceException failure)
            {
                if (time.GetUtcNow() >= goal.Deadline)
                    return new RolloutResult(new RolloutDecision.TimedOut($"The last look failed: {failure.Message}"), last);
                report.Detail($"{failure.Message}. Looking again later.");
                pause = pace.AfterFailure();
            }

            await Task.Delay(Bounded(pause, goal.Deadline), time, cancellationToken);
        }
    }

    private async Task<RolloutObservation> LookAsync(string cluster, string name, string? arn, CancellationToken cancellationToken)
    {
        var service = await deployer.FindServiceAsync(cluster, name, cancellationToken);
        if (service is null) return new RolloutObservation(null, []);

        var tasks = await deployer.ListTasksAsync(cluster, name, cancellationToken);
        var modern = arn is null ? null : await deployer.FindServiceDeploymentAsync(arn, cancellationToken);
        return new RolloutObservation(service, tasks, modern);
    }

    private void Tell(EventFeed feed, RolloutObservation observation, RolloutDecision decision)
    {
        if (TellsEvents && observation.Service is not null)
        {
            foreach (var happened in feed.Next(observation.Service)) report.Line("event", happened.Message);
        }

        if (decision is RolloutDecision.KeepWaiting waiting) report.Progress(waiting.Progress);
    }

    /// <summary>The last look is at the deadline, not a pause after it.</summary>
    private TimeSpan Bounded(TimeSpan pause, DateTimeOffset deadline)
    {
        var left = deadline - time.GetUtcNow();
        var atLeast = TimeSpan.FromMilliseconds(100);
        return left < pause ? (left > atLeast ? left : atLeast) : pause;
    }
}
