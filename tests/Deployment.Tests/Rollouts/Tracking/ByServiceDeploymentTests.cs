using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Tracking;

public sealed class ByServiceDeploymentTests
{
    private static readonly RolloutMemory Known = new(TimeSpan.Zero, HasSeenOurs: true, Noon);
    private static readonly ServiceState Live = Service(Rollout(rollout: "COMPLETED", running: 1));
    private static readonly ServiceState Back = Service(Rollout(Other, rollout: "COMPLETED", revision: OldRevision, running: 1));
    private static readonly ServiceState SameAgain = Service(Later(Rollout(Other, rollout: "COMPLETED", running: 1)));
    private static readonly ServiceState Newer = Service(Later(Rollout(Other, revision: OtherRevision)), Rollout(status: "ACTIVE"));

    private static IEnumerable<TestCaseData> Decisions()
    {
        yield return Case<RolloutDecision.Stable>("successful and proven", Live, "SUCCESSFUL", Running());
        yield return Case<RolloutDecision.Failed>("successful, another image runs", Live, "SUCCESSFUL", Running(digest: OtherDigest));
        yield return Case<RolloutDecision.KeepWaiting>("successful, tasks not listed yet", Live, "SUCCESSFUL");
        yield return Case<RolloutDecision.KeepWaiting>("successful, a task died since", Service(Rollout(rollout: "COMPLETED")), "SUCCESSFUL");
        yield return Case<RolloutDecision.Failed>("successful, crashing since", Service(Rollout(rollout: "COMPLETED")), "SUCCESSFUL", Stopped("a", "x", 1), Stopped("b", "x", 1), Stopped("c", "x", 1));
        yield return Case<RolloutDecision.Superseded>("successful, replaced since", Newer, "SUCCESSFUL");
        yield return Case<RolloutDecision.Stable>("successful, the same again since", SameAgain, "SUCCESSFUL", Running(startedBy: Other));
        yield return Case<RolloutDecision.Superseded>("successful, the same again under way", Service(Later(Rollout(Other))), "SUCCESSFUL");
        yield return Case<RolloutDecision.KeepWaiting>("successful, the service is shown as before", Service(Earlier(Rollout(Before, revision: OldRevision))), "SUCCESSFUL");
        yield return Case<RolloutDecision.KeepWaiting>("successful, its predecessor of a moment ago is shown", Service(Rollout(Before, revision: OldRevision) with { CreatedAt = Noon.AddSeconds(-1) }), "SUCCESSFUL");
        yield return Case<RolloutDecision.KeepWaiting>("stopped, its predecessor of a moment ago is shown", Service(Rollout(Before, revision: OldRevision) with { CreatedAt = Noon.AddSeconds(-1) }), "STOPPED");
        yield return Case<RolloutDecision.KeepWaiting>("all runs, not ended", Live, "IN_PROGRESS", Running());
        yield return Case<RolloutDecision.Failed>("not ended, another image runs", Live, "IN_PROGRESS", Running(digest: OtherDigest));
        yield return Case<RolloutDecision.KeepWaiting>("pending", Service(Rollout(pending: 1)), "PENDING");
        yield return Case<RolloutDecision.KeepWaiting>("a status of the future", Live, "PAUSED", Running());
        yield return Case<RolloutDecision.KeepWaiting>("under way, another is shown for a moment", Newer, "IN_PROGRESS");
        yield return Case<RolloutDecision.KeepWaiting>("rollback asked for", Live, "ROLLBACK_REQUESTED");
        yield return Case<RolloutDecision.KeepWaiting>("rollback under way", Back, "ROLLBACK_IN_PROGRESS");
        yield return Case<RolloutDecision.RolledBack>("rolled back", Back, "ROLLBACK_SUCCESSFUL");
        yield return Case<RolloutDecision.RolledBack>("rolled back, another deployed since", Newer, "ROLLBACK_SUCCESSFUL");
        yield return Case<RolloutDecision.RolledBack>("rolled back to the same revision", SameAgain, "ROLLBACK_SUCCESSFUL", Running(startedBy: Other));
        yield return Case<RolloutDecision.Failed>("rollback failed", Back, "ROLLBACK_FAILED");
        yield return Case<RolloutDecision.Superseded>("stopped by a newer one", Newer, "STOPPED");
        yield return Case<RolloutDecision.Superseded>("stopped by the same again", Service(Later(Rollout(Other))), "STOPPED");
        yield return Case<RolloutDecision.KeepWaiting>("stopped, the newer one not shown yet", Service(Rollout()), "STOPPED");
        yield return Case<RolloutDecision.KeepWaiting>("about to be stopped", Service(Rollout()), "STOP_REQUESTED");
    }

    [TestCaseSource(nameof(Decisions))]
    public void A_service_deployment_decides(RolloutObservation seen, Type expected)
    {
        Assert.That(Decide(seen), Is.TypeOf(expected));
    }

    [Test]
    public void Whoever_stops_a_deployment_is_looked_for_in_the_trail()
    {
        var decision = Decide(Seen(Service(Rollout(running: 1)), "STOPPED") is var seen
            ? seen with { ServiceDeployment = seen.ServiceDeployment! with { Reason = "Service deployment was stopped by the user." } }
            : seen);

        var failure = ((RolloutDecision.Failed)decision).Failure;
        Assert.That(failure.Cause, Does.StartWith("Somebody stopped the deployment"));
        Assert.That(failure.Remedy, Does.Contain("CloudTrail"));
    }

    [Test]
    public void A_breaker_that_rolls_nothing_back_ends_the_wait_at_once()
    {
        var tripped = Seen(Service(Rollout(rollout: "FAILED", failed: 3)), "STOPPED", Stopped("a", "x", 5));
        tripped = tripped with { ServiceDeployment = tripped.ServiceDeployment! with { Breaker = new("TRIGGERED", 3, 3) } };

        Assert.That(((RolloutDecision.Failed)Decide(tripped)).Failure.Cause, Does.Contain("exit code 5"));
    }

    [Test]
    public void A_breaker_that_has_tripped_is_a_failure_before_the_rollback_begins()
    {
        var tripped = Seen(Service(Rollout(failed: 3)).WithRollback(), "IN_PROGRESS", Stopped("a", "x", 5));
        tripped = tripped with { ServiceDeployment = tripped.ServiceDeployment! with { Breaker = new("TRIGGERED", 3, 3) } };

        var (memory, decision) = RolloutTracker.Observe(Goal(), Known, tripped, default);

        Assert.That(decision, Is.TypeOf<RolloutDecision.KeepWaiting>());
        Assert.That(memory.Failure!.Cause, Does.Contain("exit code 5"));
    }

    [Test]
    public void An_alarm_is_named()
    {
        var alarmed = Seen(Back, "ROLLBACK_SUCCESSFUL", Stopped("a", "x", 5));
        alarmed = alarmed with { ServiceDeployment = alarmed.ServiceDeployment! with { TriggeredAlarms = ["latency-p99"] } };

        Assert.That(((RolloutDecision.RolledBack)Decide(alarmed)).Failure.Cause, Does.Contain("'latency-p99'"));
    }

    [Test]
    public void What_ecs_goes_back_to_is_what_the_rollback_names()
    {
        var seen = Seen(Newer, "ROLLBACK_SUCCESSFUL") with { RollbackTaskDefinitionArn = OldRevision };

        Assert.That(((RolloutDecision.RolledBack)Decide(seen, Goal(previous: OtherRevision))).RunsNow, Is.EqualTo(OldRevision));
    }

    [TestCase("STOPPED", typeof(RolloutDecision.Failed))]
    [TestCase("ROLLBACK_IN_PROGRESS", typeof(RolloutDecision.RolledBack))]
    [TestCase("STOP_REQUESTED", typeof(RolloutDecision.Failed))]
    public void No_state_between_is_waited_for_without_an_end(string status, Type expected)
    {
        var goal = Goal() with { Timeout = TimeSpan.FromHours(5) };
        var memory = Known;
        RolloutDecision decision = new RolloutDecision.KeepWaiting(string.Empty);
        for (var waited = TimeSpan.Zero; decision is RolloutDecision.KeepWaiting && waited < TimeSpan.FromHours(1); waited += TimeSpan.FromSeconds(5))
            (memory, decision) = RolloutTracker.Observe(goal, memory, Seen(Service(Rollout(running: 1)), status), waited);

        Assert.That(decision, Is.TypeOf(expected));
    }

    [TestCase("PRE_SCALE_UP", false)]
    [TestCase("TEST_TRAFFIC_SHIFT", true)]
    [TestCase("BAKE_TIME", true)]
    public void A_stage_is_reached_by_itself_or_a_later_one(string stage, bool isReached)
    {
        var goal = Goal() with { Settings = new RolloutSettings { WaitUntil = new WaitUntil("TEST_TRAFFIC_SHIFT") } };
        var seen = Seen(Service(Rollout(running: 1)), "IN_PROGRESS", Running());
        seen = seen with { ServiceDeployment = seen.ServiceDeployment! with { LifecycleStage = stage } };

        var decision = Decide(seen, goal);

        Assert.That(decision, isReached ? Is.TypeOf<RolloutDecision.Stable>() : Is.TypeOf<RolloutDecision.KeepWaiting>());
    }

    [Test]
    public void A_stage_is_shown_with_its_traffic()
    {
        var seen = Seen(Service(Rollout(running: 1)), "IN_PROGRESS");
        seen = seen with
        {
            ServiceDeployment = seen.ServiceDeployment! with
            {
                LifecycleStage = "PRODUCTION_TRAFFIC_SHIFT",
                Target = new("arn:revision", 1, 1, 0) { ProductionTraffic = 12.5, TestTraffic = 100 },
            },
        };

        Assert.That(((RolloutDecision.KeepWaiting)Decide(seen)).Progress, Does.StartWith(
            "Stage PRODUCTION_TRAFFIC_SHIFT, 12.5 % of production traffic, 100 % of test traffic. 1 of 1 running"));
    }

    private static RolloutDecision Decide(RolloutObservation seen, RolloutGoal? goal = null) =>
        RolloutTracker.Observe(goal ?? Goal(), Known, seen, TimeSpan.FromSeconds(5)).Decision;

    private static RolloutObservation Seen(ServiceState service, string status, params TaskState[] tasks) => new(
        service, tasks, new ServiceDeploymentState("arn:ours", status) { CreatedAt = Noon })
    { Manifests = [] };

    private static DeploymentState Later(DeploymentState deployment) => deployment with { CreatedAt = Noon.AddMinutes(1) };

    private static DeploymentState Earlier(DeploymentState deployment) => deployment with { CreatedAt = Noon.AddMinutes(-1) };

    private static TestCaseData Case<T>(string name, ServiceState service, string status, params TaskState[] tasks)
        where T : RolloutDecision => new TestCaseData(Seen(service, status, tasks), typeof(T)).SetArgDisplayNames(name);
}
