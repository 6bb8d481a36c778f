using CsCheck;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;
using static Slipway.Deployment.Tests.Rollouts.Scenarios.Scenery;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>What holds for every timeline, however ECS contradicts itself on it.</summary>
public sealed class InvariantTests
{
    private const double Timeout = 120;

    private static readonly Gen<ServiceState?> Services = OneOf<ServiceState?>(
        null, AsBefore, Starting, Failing, Up, Done, RollingBack, Back, Replaced, Starting.WithRollback(), Failing.WithRollback(),
        Service(Rollout(rollout: "COMPLETED")), Service(Rollout(rollout: "FAILED", failed: 3)), Service(Rollout(rollout: "COMPLETED", desired: 0)),
        Service(Rollout(rollout: "COMPLETED", desired: 2, running: 1)), Service(Newer(Rollout(Other, rollout: "COMPLETED", running: 1))),
        Done with { DesiredCount = 2 }, Done with { Status = "DRAINING" }, Service());

    private static readonly Gen<ServiceDeploymentState?> Deployments = OneOf<ServiceDeploymentState?>(
        null, Ours("PENDING"), Ours("IN_PROGRESS"), Ours("SUCCESSFUL"), Ours("STOP_REQUESTED"), Ours("STOPPED"), Tripped("IN_PROGRESS"),
        Tripped("ROLLBACK_REQUESTED"), Tripped("ROLLBACK_IN_PROGRESS"), Tripped("ROLLBACK_SUCCESSFUL"), Tripped("ROLLBACK_FAILED"), Ours("PAUSED"));

    private static readonly Gen<TaskState[]> Tasks = OneOf<TaskState[]>(
        [], [Running()], [Running(digest: OtherDigest)], [Running(digest: ChildDigest)], [Running(digest: null)], [Running(startedBy: Other)],
        [Pending("p")], Crashed(2, 1), Crashed(3, 1), [Running(), .. Crashed(2, 7)], Unstarted(2, "CannotPullContainerError: denied"));

    private static readonly Gen<Scenario> Timelines =
        from steps in Gen.Select(Gen.Int[1, 30], Services, Deployments, Tasks).Array[1, 12]
        from share in OneOf(0.0, 0.0, 0.3, 0.7)
        from seed in Gen.Int[0, 1_000_000]
        from offers in Gen.Bool
        from knows in Gen.Bool
        from jump in Gen.Int[-100_000, 100_000]
        select Build(steps, share, seed, offers, knows, jump);

    [Test]
    public void Every_wait_ends_in_time_and_none_succeeds_without_proof()
    {
        Timelines.Sample(
            scenario =>
            {
                var (result, seconds) = WatchAsync(scenario).GetAwaiter().GetResult();
                return seconds <= Timeout + 1
                    && result.Decision is not RolloutDecision.KeepWaiting
                    && (result.Decision is not RolloutDecision.Stable || IsProven(result.LastSeen!));
            },
            iter: 300, threads: 2,
            print: scenario => string.Join('\n', scenario.Scenes.Select(scene => $"{scene.At}: {scene.Service} | {scene.Deployment} | {scene.Tasks.Count}")));
    }

    private static async Task<(RolloutResult Result, double Seconds)> WatchAsync(Scenario scenario)
    {
        var clock = new SteppedClock { Steps = scenario.ClockSteps };
        var watcher = new RolloutWatcher(new ScriptedEcs(scenario, clock), new RecordingReport(), clock) { Proof = new RolloutProof(new OneManifest(), null) };
        var watch = watcher.WatchAsync(
            "parrot", "web", Goal() with { Timeout = scenario.Timeout }, scenario.KnowsArn ? Arn : null, CancellationToken.None);
        await clock.Real.RunAsync(watch);
        return (await watch, clock.Seconds);
    }

    private static bool IsProven(RolloutObservation seen) =>
        seen.Service is { Status: "ACTIVE", Primary: { TaskDefinitionArn: NewRevision } primary } service
        && primary.RunningCount == primary.DesiredCount && service.DesiredCount == primary.DesiredCount
        && (seen.ServiceDeployment is null ? primary.Id == Given.Ours && primary.IsCompleted : seen.ServiceDeployment.Status == "SUCCESSFUL")
        && (primary.DesiredCount == 0 || (seen.HasCurrentTasks && RunsTheImage(seen, primary)));

    private static bool RunsTheImage(RolloutObservation seen, DeploymentState primary)
    {
        var running = seen.Tasks.Where(task => task.IsRunning && task.StartedBy == primary.Id).ToList();
        return running.Count >= primary.DesiredCount
            && running.TrueForAll(task => task.Containers.All(container => container.ImageDigest is null or Digest or ChildDigest));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Scenario Build(
        (int Lasts, ServiceState? Service, ServiceDeploymentState? Deployment, TaskState[] Tasks)[] steps,
        double share, int seed, bool offers, bool knows, int jump)
    {
        var scenario = new Scenario("random")
        {
            Timeout = TimeSpan.FromSeconds(Timeout),
            Trouble = OtherScenarios.Sometimes(seed, share, SuccessScenarios.Throttled),
            OffersServiceDeployments = offers,
            KnowsArn = knows,
            ClockSteps = [(7, TimeSpan.FromSeconds(jump))],
        };
        var at = 0;
        foreach (var (lasts, service, deployment, tasks) in steps)
        {
            scenario = scenario.At(at, service, deployment, tasks);
            at += lasts;
        }

        return scenario;
    }
}
