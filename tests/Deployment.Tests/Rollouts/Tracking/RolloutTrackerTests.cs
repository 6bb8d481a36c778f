using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Tracking;

public sealed class RolloutTrackerTests
{
    private static readonly DeploymentState Complete = Rollout(rollout: "COMPLETED", running: 1);

    private static readonly ServiceState RollingBack = Service(
        Rollout(Other, rollout: "IN_PROGRESS", revision: OldRevision, reason: "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1111."),
        Rollout(status: "ACTIVE", rollout: "FAILED", failed: 3, reason: "ECS deployment circuit breaker: tasks failed to start.")).WithRollback();

    private static readonly RolloutMemory Known = new(TimeSpan.Zero, HasSeenOurs: true, Noon);

    private static IEnumerable<TestCaseData> Decisions()
    {
        yield return Case<RolloutDecision.KeepWaiting>("not started", Seen(Service(Rollout(), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1))));
        yield return Case<RolloutDecision.KeepWaiting>("starting", Seen(Service(Rollout(pending: 1))));
        yield return Case<RolloutDecision.KeepWaiting>("running, not completed", Seen(Service(Rollout(running: 1)), Running()));
        yield return Case<RolloutDecision.KeepWaiting>("old task still there", Seen(Service(Complete, Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1)), Running()));
        yield return Case<RolloutDecision.KeepWaiting>("completed, a task died since", Seen(Service(Complete with { RunningCount = 0 })));
        yield return Case<RolloutDecision.KeepWaiting>("completed, task not listed yet", Seen(Service(Complete)));
        yield return Case<RolloutDecision.KeepWaiting>("desired count not taken over yet", Seen(Service(Complete) with { DesiredCount = 2 }, Running()));
        yield return Case<RolloutDecision.Stable>("completed", Seen(Service(Complete), Running()));
        yield return Case<RolloutDecision.Stable>("completed, old deployment empty", Seen(Service(Complete, Rollout(Before, "ACTIVE", "COMPLETED", OldRevision)), Running()));
        yield return Case<RolloutDecision.Stable>("no rollout states", Seen(Service(Rollout(rollout: null, running: 1)), Running()));
        yield return Case<RolloutDecision.KeepWaiting>("no rollout states, two deployments", Seen(Service(Rollout(rollout: null, running: 1), Rollout(Before, "ACTIVE", null, OldRevision)), Running()));
        yield return Case<RolloutDecision.Stable>("two failures, then success", Seen(Service(Complete), Running(), Stopped("a", "x", 1), Stopped("b", "x", 1)));
        yield return Case<RolloutDecision.Failed>("another image runs", Seen(Service(Complete), Running(digest: OtherDigest)));
        yield return Case<RolloutDecision.Failed>("given up, no rollback", Seen(Service(Rollout(rollout: "FAILED", failed: 3))));
        yield return Case<RolloutDecision.KeepWaiting>("given up, rollback to come", Seen(Service(Rollout(rollout: "FAILED", failed: 3)).WithRollback()));
        yield return Case<RolloutDecision.KeepWaiting>("rolling back", Seen(RollingBack));
        yield return Case<RolloutDecision.Failed>("the rollback failed too", Seen(Service(Rollout(Other, rollout: "FAILED", revision: OldRevision, reason: "rolling back"), Rollout(status: "ACTIVE", rollout: "FAILED"))));
        yield return Case<RolloutDecision.RolledBack>("rolled back", Seen(Service(Rollout(Other, rollout: "COMPLETED", revision: OldRevision, running: 1)).WithRollback()));
        yield return Case<RolloutDecision.Superseded>("another revision", Seen(Service(Rollout(Other, revision: OtherRevision), Rollout(status: "ACTIVE", running: 1))));
        yield return Case<RolloutDecision.Superseded>("another revision, ours gone", Seen(Service(Rollout(Other, rollout: "COMPLETED", revision: OtherRevision, running: 1))));
        yield return Case<RolloutDecision.Superseded>("our revision again", Seen(Service(Rollout(Other, revision: NewRevision), Rollout(status: "ACTIVE", running: 1))));
        yield return Case<RolloutDecision.Superseded>("somebody else's, rolled back to ours", Seen(Service(Rollout(Other, revision: NewRevision, reason: "rolling back to deploymentId ecs-svc/2222"))));
        yield return Case<RolloutDecision.Failed>("being deleted", Seen(Service(Complete) with { Status = "DRAINING" }));
        yield return Case<RolloutDecision.Failed>("deleted", Seen(Service() with { Status = "INACTIVE" }));
        yield return Case<RolloutDecision.Failed>("no primary deployment any more", Seen(Service()));
        yield return Case<RolloutDecision.Failed>("one pull of an image that is not there", Seen(Service(Rollout(failed: 1)), PullFailed("a")));
        yield return Case<RolloutDecision.KeepWaiting>("one pull that was too slow", Seen(Service(Rollout(failed: 1)), PullTimedOut("a")));
        yield return Case<RolloutDecision.Failed>("three pulls that were too slow", Seen(Service(Rollout(failed: 3)), PullTimedOut("a"), PullTimedOut("b"), PullTimedOut("c")));
        yield return Case<RolloutDecision.KeepWaiting>("two exits", Seen(Service(Rollout(failed: 2)), Stopped("a", "x", 1), Stopped("b", "x", 1)));
        yield return Case<RolloutDecision.Failed>("three equal exits", Seen(Service(Rollout(failed: 3)), Stopped("a", "x", 1), Stopped("b", "x", 1), Stopped("c", "x", 1)));
        yield return Case<RolloutDecision.KeepWaiting>("three different exits", Seen(Service(Rollout(failed: 3)), Stopped("a", "x", 1), Stopped("b", "x", 2), Stopped("c", "x", 3)));
        yield return Case<RolloutDecision.KeepWaiting>("three exits, the breaker rolls back", Seen(Service(Rollout(failed: 3)).WithRollback(), Stopped("a", "x", 1), Stopped("b", "x", 1), Stopped("c", "x", 1)));
        yield return Case<RolloutDecision.KeepWaiting>("failures of another deployment", Seen(Service(Rollout()), Stopped("a", "x", 1, startedBy: Before), Stopped("b", "x", 1, startedBy: Before), Stopped("c", "x", 1, startedBy: Before)));
        yield return Case<RolloutDecision.KeepWaiting>("stopped by a person", Seen(Service(Rollout()), Enumerable.Range(0, 5).Select(i => Stopped($"t{i}", "Task stopped by user", 143, stopCode: "UserInitiated")).ToArray()));
        yield return Case<RolloutDecision.KeepWaiting>("scaled in", Seen(Service(Rollout()), Enumerable.Range(0, 5).Select(i => Stopped($"t{i}", "Scaling activity initiated by (deployment ecs-svc/2222)", 0, stopCode: "ServiceSchedulerInitiated")).ToArray()));
    }

    [TestCaseSource(nameof(Decisions))]
    public void An_observation_decides(RolloutObservation seen, Type expected)
    {
        var (_, decision) = RolloutTracker.Observe(Goal(), Known, seen, Seconds(5));

        Assert.That(decision, Is.TypeOf(expected));
    }

    [TestCaseSource(nameof(Decisions))]
    public void After_the_deadline_nothing_keeps_waiting(RolloutObservation seen, Type expected)
    {
        var (_, decision) = RolloutTracker.Observe(Goal(), Known, seen, Goal().Timeout);

        Assert.That(decision, Is.Not.TypeOf<RolloutDecision.KeepWaiting>());
        if (expected != typeof(RolloutDecision.KeepWaiting)) Assert.That(decision, Is.TypeOf(expected));
    }

    [Test]
    public void A_state_from_before_the_update_is_not_taken_for_a_rollback()
    {
        var stale = Seen(Service(Rollout(Before, rollout: "COMPLETED", revision: OldRevision, running: 1)));

        var (memory, early) = RolloutTracker.Observe(Goal(), new RolloutMemory(), stale, default);
        var (_, late) = RolloutTracker.Observe(Goal(), memory, stale, RolloutTracker.Appearance);

        Assert.That(early, Is.TypeOf<RolloutDecision.KeepWaiting>());
        Assert.That(late, Is.TypeOf<RolloutDecision.RolledBack>());
    }

    [Test]
    public void A_service_that_is_not_shown_once_is_looked_for_again()
    {
        var memory = Known;
        var kinds = new List<Type>();
        for (var look = 0; look < 3; look++)
        {
            (memory, var decision) = RolloutTracker.Observe(Goal(), memory, Seen(null), Seconds(look));
            kinds.Add(decision.GetType());
        }

        Assert.That(kinds, Is.EqualTo(new[] { typeof(RolloutDecision.KeepWaiting), typeof(RolloutDecision.KeepWaiting), typeof(RolloutDecision.Failed) }));
    }

    [Test]
    public void The_cause_seen_before_the_rollback_is_told_after_it()
    {
        var crashes = Seen(Service(Rollout(failed: 3)).WithRollback(), Stopped("a", "x", 3), Stopped("b", "x", 3), Stopped("c", "x", 3));
        var after = Seen(Service(Rollout(Other, rollout: "COMPLETED", revision: OldRevision, running: 1)).WithRollback());

        var (memory, _) = RolloutTracker.Observe(Goal(), Known, crashes, Seconds(1));
        var (_, decision) = RolloutTracker.Observe(Goal(), memory, after, Seconds(2));

        var rolled = (RolloutDecision.RolledBack)decision;
        Assert.That(rolled.Failure.Cause, Does.Contain("exit code 3").And.Contain("'web'"));
        Assert.That(rolled.RunsNow, Is.EqualTo(OldRevision));
        Assert.That(rolled.HasEnded, Is.True);
    }

    [Test]
    public void A_rollback_that_does_not_end_is_told_as_such()
    {
        var (memory, waiting) = RolloutTracker.Observe(Goal(), Known, Seen(RollingBack), default);
        var (_, decision) = RolloutTracker.Observe(Goal(), memory, Seen(RollingBack), RolloutTracker.RollbackPatience);

        Assert.That(waiting, Is.TypeOf<RolloutDecision.KeepWaiting>());
        Assert.That(decision, Is.TypeOf<RolloutDecision.RolledBack>());
        Assert.That(((RolloutDecision.RolledBack)decision).HasEnded, Is.False);
    }

    [Test]
    public void A_promised_rollback_that_never_begins_is_a_failure()
    {
        var failed = Seen(Service(Rollout(rollout: "FAILED", failed: 3, reason: "tasks failed to start.")).WithRollback());

        var (memory, _) = RolloutTracker.Observe(Goal(), Known, failed, default);
        var (_, decision) = RolloutTracker.Observe(Goal(), memory, failed, RolloutTracker.Appearance);

        Assert.That(((RolloutDecision.Failed)decision).Failure.Cause, Does.Contain("tasks failed to start."));
    }

    [Test]
    public void A_first_deployment_has_nothing_to_roll_back_to()
    {
        var failed = Seen(Service(Rollout(rollout: "FAILED", failed: 3)).WithRollback());

        var (_, decision) = RolloutTracker.Observe(Goal(previous: null), Known, failed, default);

        Assert.That(decision, Is.TypeOf<RolloutDecision.Failed>());
    }

    [Test]
    public void The_newer_api_tells_a_rollback_even_to_the_same_revision()
    {
        var seen = new RolloutObservation(
            Service(Rollout(Other, rollout: "COMPLETED", revision: NewRevision, running: 1)),
            [],
            new ServiceDeploymentState("arn", "ROLLBACK_SUCCESSFUL")
            {
                Rollback = new("Service deployment rolled back because the circuit breaker threshold was exceeded.", Noon, "arn:before"),
                Breaker = new("TRIGGERED", 3, 3),
            });

        var (_, decision) = RolloutTracker.Observe(Goal(), Known, seen, default);

        Assert.That(((RolloutDecision.RolledBack)decision).Failure.Cause, Does.Contain("threshold was exceeded"));
    }

    [Test]
    public void A_desired_count_of_zero_is_stable_and_said_aloud()
    {
        var (_, decision) = RolloutTracker.Observe(
            Goal(), new RolloutMemory(), Seen(Service(Rollout(rollout: "COMPLETED", desired: 0))), default);

        Assert.That(((RolloutDecision.Stable)decision).Notes.Single(), Does.Contain("nothing runs").And.Contain("--desired-count=1"));
    }

    [TestCase("COMPLETED", 0, 0)]
    [TestCase("COMPLETED", 1, 1)]
    [TestCase("IN_PROGRESS", 1, 0)]
    [TestCase(null, 1, 1)]
    public void A_deployment_of_another_revision_under_our_id_is_not_ours(string? state, int desired, int running)
    {
        var seen = Seen(Service(Rollout(rollout: state, revision: OldRevision, desired: desired, running: running)), Running());

        var (_, waiting) = RolloutTracker.Observe(Goal(), new RolloutMemory(), seen, Seconds(40));
        var (_, late) = RolloutTracker.Observe(Goal(), new RolloutMemory(), seen, Goal().Timeout);

        Assert.That(waiting, Is.InstanceOf<RolloutDecision.KeepWaiting>());
        Assert.That(late, Is.EqualTo(new RolloutDecision.TimedOut("The service shows the deployment with 'web:1'.") { IsObserved = false }));
    }

    [TestCase(null, "digest not reported")]
    public void Digests_that_the_cloud_does_not_tell_are_said_aloud(string? digest, string words)
    {
        var (_, decision) = RolloutTracker.Observe(Goal(), new RolloutMemory(), Seen(Service(Complete), Running(digest: digest)), default);

        Assert.That(((RolloutDecision.Stable)decision).Notes.Single(), Does.Contain(words));
    }

    [Test]
    public void A_sidecar_with_another_digest_is_no_failure()
    {
        var task = Running();
        var withSidecar = task with { Containers = [new("sidecar", "envoy:1", OtherDigest, "RUNNING", null, null, null), .. task.Containers] };

        var (_, decision) = RolloutTracker.Observe(Goal(), new RolloutMemory(), Seen(Service(Complete), withSidecar), default);

        Assert.That(((RolloutDecision.Stable)decision).Notes, Is.Empty);
    }

    [TestCase(3, 0, 2, 3, true)]
    [TestCase(2, 0, 2, 3, false)]
    [TestCase(24, 48, 2, 3, true)]
    [TestCase(23, 48, 2, 3, false)]
    [TestCase(1, 0, 2, 1, true)]
    [TestCase(40, 0, 2, 0, false)]
    public void Programs_get_as_many_tries_as_the_breaker_would_give_them(int crashes, int desired, int pulls, int exits, bool fails)
    {
        var goal = Goal() with { Settings = new RolloutSettings { FailAfterPulls = pulls, FailAfterExits = exits } };
        var seen = Seen(Service(Rollout(desired: Math.Max(1, desired))), [.. Enumerable.Range(0, crashes).Select(index => Stopped($"t{index}", "x", 1))]);

        var (_, decision) = RolloutTracker.Observe(goal, Known, seen, default);

        Assert.That(decision is RolloutDecision.Failed, Is.EqualTo(fails));
    }

    [TestCase(1, 2, false)]
    [TestCase(2, 2, true)]
    [TestCase(2, 5, false)]
    [TestCase(5, 5, true)]
    [TestCase(9, 0, false)]
    public void Starts_get_as_many_tries_as_the_setting_says(int failures, int pulls, bool fails)
    {
        var goal = Goal() with { Settings = new RolloutSettings { FailAfterPulls = pulls } };
        var seen = Seen(Service(Rollout(desired: 50)), [.. Enumerable.Range(0, failures).Select(index => Stopped(
            $"t{index}", "CannotPullContainerError: pull access denied", stopCode: "TaskFailedToStart"))]);

        var (_, decision) = RolloutTracker.Observe(goal, Known, seen, default);

        Assert.That(decision is RolloutDecision.Failed, Is.EqualTo(fails));
    }

    [Test]
    public void A_manifest_of_the_pushed_index_is_accepted_once_the_index_is_known()
    {
        var unknown = Seen(Service(Complete), Running(digest: ChildDigest)) with { Manifests = null };

        var asks = RolloutTracker.Observe(Goal(), Known, unknown, default).Decision;
        var known = RolloutTracker.Observe(Goal(), Known, unknown with { Manifests = [ChildDigest] }, default).Decision;
        var other = RolloutTracker.Observe(Goal(), Known, unknown with { Manifests = [OtherDigest] }, default).Decision;

        Assert.That(((RolloutDecision.KeepWaiting)asks).NeedsManifestsOf, Is.EqualTo($"registry/web@{Digest}"));
        Assert.That(known, Is.TypeOf<RolloutDecision.Stable>());
        Assert.That(other, Is.TypeOf<RolloutDecision.Failed>());
    }

    [Test]
    public void An_index_that_cannot_be_read_does_not_fail_what_is_named_by_its_digest_and_that_is_said()
    {
        var unread = Seen(Service(Complete), Running(digest: ChildDigest)) with { AreManifestsKnown = false };

        var decision = RolloutTracker.Observe(Goal(), Known, unread, default).Decision;

        Assert.That(((RolloutDecision.Stable)decision).Notes.Single(), Does.Contain("could not be compared").And.Contain("by its digest"));
    }

    [Test]
    public void An_image_that_is_named_by_its_tag_is_compared_with_the_manifests_of_its_repository()
    {
        var task = Running(digest: ChildDigest);
        task = task with { Containers = [task.Containers[0] with { Image = "registry.test/web:v1" }] };
        var unasked = Seen(Service(Complete), task) with { Manifests = null };

        var asks = RolloutTracker.Observe(Goal(), Known, unasked, default).Decision;
        var known = RolloutTracker.Observe(Goal(), Known, unasked with { Manifests = [ChildDigest] }, default).Decision;
        var unread = RolloutTracker.Observe(Goal(), Known, unasked with { Manifests = [], AreManifestsKnown = false }, default).Decision;

        Assert.That(((RolloutDecision.KeepWaiting)asks).NeedsManifestsOf, Is.EqualTo($"registry.test/web@{Digest}"));
        Assert.That(known, Is.TypeOf<RolloutDecision.Stable>());
        Assert.That(unread, Is.TypeOf<RolloutDecision.Failed>(), "a tag may have been moved: nothing proves what runs");
    }

    [Test]
    public void Of_two_containers_of_the_image_both_must_run_it()
    {
        var task = Running();
        var mixed = task with { Containers = [.. task.Containers, task.Containers[0] with { Name = "worker", ImageDigest = OtherDigest }] };

        Assert.That(RolloutTracker.Observe(Goal(), Known, Seen(Service(Complete), mixed), default).Decision, Is.TypeOf<RolloutDecision.Failed>());
    }

    [Test]
    public void Progress_counts_what_a_person_waits_for()
    {
        var seen = Seen(Service(
            Rollout(desired: 3, running: 1, pending: 2, failed: 1), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 2)));

        var (_, decision) = RolloutTracker.Observe(Goal(), new RolloutMemory(), seen, default);

        Assert.That(((RolloutDecision.KeepWaiting)decision).Progress, Is.EqualTo(
            "1 of 3 running, 2 pending, 1 failed; 2 of earlier deployments still running; rollout IN_PROGRESS."));
    }

    [Test]
    public void What_holds_a_task_up_without_being_a_failure_is_said()
    {
        var pending = Running("p") with { LastStatus = "PENDING", PullStartedAt = Noon };
        var seen = Seen(
            Service(Rollout(pending: 1)) with { Events = [Event("1", "(service web) was unable to place a task. Reason: Capacity is unavailable at this time.")] },
            pending);

        var (_, decision) = RolloutTracker.Observe(Goal(), Known, seen, default);

        Assert.That(((RolloutDecision.KeepWaiting)decision).Progress, Does.Contain("Pulling the image for 1 task.")
            .And.Contain("ECS tries again: (service web) was unable to place a task. Reason: Capacity is unavailable"));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TestCaseData Case<T>(string name, RolloutObservation seen)
        where T : RolloutDecision => new TestCaseData(seen, typeof(T)).SetArgDisplayNames(name);
}
