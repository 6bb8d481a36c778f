using Slipway.Deployment.Rollouts.Failures;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Failures;

public sealed class TaskFailuresTests
{
    [Test]
    public void The_container_that_failed_is_blamed_and_not_the_one_that_was_killed_with_it()
    {
        var task = Stopped("a", "Essential container in task exited") with
        {
            Containers =
            [
                new("sidecar", "s:1", null, "STOPPED", 137, null, null),
                new("web", "w:1", null, "STOPPED", 42, null, null),
            ],
        };

        var group = TaskFailures.Group([task], Ours).Single();

        Assert.That((group.Container, group.ExitCode), Is.EqualTo(("web", 42)));
        Assert.That(group.ToFailure().Cause, Is.EqualTo("The container ended with an error (container 'web', exit code 42)."));
        Assert.That(group.ToFailure().Key, Is.EqualTo("exit"));
    }

    [Test]
    public void A_task_that_ecs_stopped_for_its_health_has_no_exit_code_of_its_own()
    {
        var group = TaskFailures.Group([Stopped("a", "Task failed ELB health checks in (target-group arn:x)", 137)], Ours).Single();

        Assert.That((group.Rule!.Key, group.Container, group.ExitCode), Is.EqualTo(("load-balancer", "web", (int?)null)));
    }

    [Test]
    public void Reasons_that_differ_in_identifiers_only_are_one_group()
    {
        var groups = TaskFailures.Group(
            [Stopped("a", "Odd failure of 0123456789abcdef"), Stopped("b", "Odd failure of fedcba9876543210"), Stopped("c", "Another")], Ours);

        Assert.That(groups.Select(group => group.Tasks.Count), Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public void A_pending_task_that_cannot_pull_is_counted_with_those_that_have_stopped()
    {
        var pending = PullFailed("a") with
        {
            LastStatus = "PENDING",
            DesiredStatus = "RUNNING",
            StopCode = null,
            StoppedReason = null,
            Containers = [new("web", "w:1", null, "PENDING", null, "CannotPullContainerError: not found", null)],
        };

        var group = TaskFailures.Group([pending, PullFailed("b")], Ours).Single();

        Assert.That((group.Rule!.Key, group.Container, group.Count), Is.EqualTo(("image-missing", "web", 2)));
    }

    [TestCase("UserInitiated", "Task stopped by user")]
    [TestCase("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/2222)")]
    [TestCase("SpotInterruption", "Your Spot Task was interrupted.")]
    public void A_task_that_was_stopped_on_purpose_is_no_failure(string stopCode, string reason) =>
        Assert.That(TaskFailures.Group([Stopped("a", reason, 143, stopCode: stopCode)], Ours), Is.Empty);

    [Test]
    public void Tasks_of_other_deployments_do_not_count() =>
        Assert.That(TaskFailures.Group([Stopped("a", "x", 1, startedBy: Before)], Ours), Is.Empty);

    [Test]
    public void Events_tell_of_failures_before_any_task_is_there()
    {
        const string Role = "(service web) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task.";
        var service = Service(Rollout()) with
        {
            Events = [Event("3", Role, 3), Event("2", Role, 2), Event("1", "(service web) has started 1 tasks", 1), Event("0", "(service web) operations are being throttled", -60)],
        };

        var told = TaskFailures.InEvents(service, service.Primary).Single();

        Assert.That((told.Rule!.Key, told.Count, told.Tasks.Count), Is.EqualTo(("role", 2, 0)));
    }
}
