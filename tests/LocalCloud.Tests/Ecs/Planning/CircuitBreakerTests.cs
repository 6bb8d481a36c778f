using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;

namespace Slipway.LocalCloud.Tests.Ecs.Planning;

internal sealed class CircuitBreakerTests
{
    [TestCase(1, 3)]
    [TestCase(6, 3)]
    [TestCase(7, 4)]
    [TestCase(25, 13)]
    [TestCase(1000, 200)]
    public void The_threshold_is_half_the_desired_count_between_3_and_200(int desired, int threshold) =>
        Assert.That(new DeploymentPolicy().Threshold(desired), Is.EqualTo(threshold));

    [TestCase("COUNT", 1, 10, 1)]
    [TestCase("COUNT", 7, 1, 7)]
    [TestCase("UNBOUNDED_PERCENT", 50, 1, 1)]
    [TestCase("BOUNDED_PERCENT", 100, 10, 10)]
    public void A_threshold_of_ones_own_counts(string type, int value, int desired, int threshold) =>
        Assert.That(new DeploymentPolicy { ThresholdType = type, ThresholdValue = value }.Threshold(desired), Is.EqualTo(threshold));

    [Test]
    public void The_waits_between_attempts_double_up_to_a_minute()
    {
        var delays = Enumerable.Range(1, 12).Select(failures => StartThrottle.DelayAfter(failures).TotalSeconds);
        Assert.That(delays, Is.EqualTo(new double[] { 1, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60 }));
    }

    [Test]
    public void Failing_tasks_trip_it_and_the_last_completed_revision_comes_back_with_its_running_tasks()
    {
        var service = new PlannedService(desired: 1);
        var good = service.Deploy();
        service.Settle();
        var old = service.Of(good)[0];
        var bad = service.Deploy();
        FailUntilTripped(service, bad);

        var rollback = service.Primary;
        Assert.That(rollback.Id, Is.Not.EqualTo(good.Id));
        Assert.That(rollback.RevisionArn, Is.EqualTo(good.RevisionArn));
        Assert.That(rollback.RolloutStateReason, Is.EqualTo($"ECS deployment circuit breaker: rolling back to deploymentId {good.Id}."));
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.RollbackInProgress));
        Assert.That(service.Record.StatusReason, Is.EqualTo("Service deployment rolled back because the circuit breaker threshold was exceeded."));
        Assert.That(service.Record.BreakerStatus, Is.EqualTo("TRIGGERED"));
        Assert.That((service.Record.FailureCount, service.Record.Threshold), Is.EqualTo((3, 3)));
        Assert.That(service.Events, Has.Some.EqualTo($"(service web) (deployment {bad.Id}) deployment failed: tasks failed to start."));
        Assert.That(service.Events, Has.Some.EqualTo($"(service web) rolling back to (deployment {good.Id})."));

        service.Settle();
        Assert.That(service.Wanted.Select(task => task.Id), Is.EqualTo(new[] { old.Id }), "the old task never stopped answering");
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.RollbackSuccessful));
        Assert.That(service.Record.Rollback!.RevisionArn, Is.EqualTo(good.RevisionArn));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Completed));
        Assert.That(service.Service.Deployments, Has.Length.EqualTo(1));
    }

    [Test]
    public void With_nothing_to_go_back_to_the_deployment_fails_and_the_desired_count_stays()
    {
        var service = new PlannedService(desired: 1);
        var bad = service.Deploy();
        FailUntilTripped(service, bad);
        Assert.That(service.Primary.Id, Is.EqualTo(bad.Id));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Failed));
        Assert.That(service.Primary.RolloutStateReason, Is.EqualTo("ECS deployment circuit breaker: tasks failed to start."));
        Assert.That(service.Primary.FailedTasks, Is.EqualTo(3));
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.Stopped));
        Assert.That(service.Service.DesiredCount, Is.EqualTo(1));
        Assert.That(service.Plan(600).Starts, Is.Empty, "a failed deployment starts no more tasks");
    }

    [Test]
    public void A_completed_deployment_of_no_tasks_proves_nothing()
    {
        var service = new PlannedService(desired: 0);
        service.Deploy();
        service.Settle();
        service.Service = service.Service with { DesiredCount = 1 };
        var bad = service.Deploy();
        FailUntilTripped(service, bad);
        Assert.That(service.Primary.Id, Is.EqualTo(bad.Id));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Failed));
    }

    [Test]
    public void Without_rollback_the_old_tasks_are_kept_up()
    {
        var service = new PlannedService(desired: 1, rollback: false);
        var good = service.Deploy();
        service.Settle();
        var bad = service.Deploy();
        FailUntilTripped(service, bad);
        service.Settle();
        Assert.That(service.Primary.Id, Is.EqualTo(bad.Id));
        Assert.That(service.Of(good), Has.Count.EqualTo(1));

        service.Crash(service.Of(good)[0]);
        service.Settle();
        Assert.That(service.Of(good), Has.Count.EqualTo(1), "and replaced when they end");
    }

    [Test]
    public void A_failed_rollback_is_said()
    {
        var service = new PlannedService(desired: 1);
        var good = service.Deploy();
        service.Settle();
        var bad = service.Deploy();
        FailUntilTripped(service, bad);
        var rollback = service.Primary;
        service.Crash(service.Of(good)[0]);
        service.Plan();
        FailUntilTripped(service, rollback);
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.RollbackFailed));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Failed));
    }

    [Test]
    public void A_task_that_becomes_available_sets_the_count_back()
    {
        var service = new PlannedService(desired: 1);
        var deployment = service.Deploy();
        Fail(service, deployment);
        Fail(service, deployment);
        service.Plan(60);
        Assert.That(service.Primary.FailedTasks, Is.EqualTo(2));
        service.Run(service.Wanted[0]);
        service.Plan(2);
        Assert.That(service.Primary.FailedTasks, Is.Zero);
    }

    [Test]
    public void A_program_that_ends_at_once_is_a_failed_start_although_nothing_checks_it()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Plan();
        service.Run(service.Wanted[0]);
        service.Plan(0.2);
        service.Crash(service.Wanted[0]);
        service.Plan(0.2);
        Assert.That(service.Primary.FailedTasks, Is.EqualTo(1));
    }

    [Test]
    public void A_failure_counts_once_and_before_its_task_is_cleared_away_so_that_its_place_is_not_filled_at_once()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Plan();
        var failing = service.Wanted.Single();
        service.Change(failing.Id, task => task with { LastStatus = EcsTask.Deactivating, DesiredStatus = EcsTask.Stopped, StopCode = "EssentialContainerExited" });
        var plan = service.Plan();
        Assert.That(service.Primary.FailedTasks, Is.EqualTo(1));
        Assert.That(plan.Starts, Is.Empty);

        service.End(failing);
        service.Plan();
        Assert.That(service.Primary.FailedTasks, Is.EqualTo(1));
    }

    [Test]
    public void A_breaker_that_is_off_never_trips()
    {
        var service = new PlannedService(desired: 1, breaker: false);
        var deployment = service.Deploy();
        for (var i = 0; i < 10; i++) Fail(service, deployment);
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.InProgress));
        Assert.That(service.Record.BreakerStatus, Is.EqualTo("DISABLED"));
        Assert.That(service.Events.Count(message => message.Contains("unable to consistently start", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void A_count_of_one_trips_at_the_first_failure()
    {
        var service = new PlannedService(desired: 1, threshold: new JsonObject { ["type"] = "COUNT", ["value"] = 1 });
        var deployment = service.Deploy();
        Fail(service, deployment);
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Failed));
    }

    [Test]
    public void What_the_scheduler_or_a_person_stops_is_no_failure()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Plan();
        service.Crash(service.Wanted[0], "UserInitiated");
        service.Plan(1);
        Assert.That(service.Primary.FailedTasks, Is.Zero);
        Assert.That(service.Wanted, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_newer_deployment_ends_the_one_before()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Plan();
        service.Deploy();
        Assert.That(service.Service.History.Select(one => one.Status), Is.EqualTo(new[] { ServiceDeployment.InProgress, ServiceDeployment.Stopped }));
        service.Settle();
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.Successful));
        Assert.That(service.Wanted, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_person_can_send_a_deployment_back()
    {
        var service = new PlannedService(desired: 1);
        var good = service.Deploy();
        service.Settle();
        service.Deploy();
        service.Plan();
        service.Service = Rollouts.Request(service.Service, service.Primary, rollback: true, service.Now)!;
        service.Plan(0.5);
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.RollbackRequested));
        service.Plan(0.5);
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.RollbackInProgress));
        service.Settle();
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.RollbackSuccessful));
        Assert.That(service.Primary.RevisionArn, Is.EqualTo(good.RevisionArn));
        Assert.That(service.Wanted, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_person_can_end_a_deployment_where_it_is()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Settle();
        service.Deploy();
        service.Plan();
        service.Service = Rollouts.Request(service.Service, service.Primary, rollback: false, service.Now)!;
        service.Run(service.Of(service.Primary)[0]);
        service.Plan(0.9);
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.StopRequested));
        service.Plan(0.2);
        Assert.That((service.Record.Status, service.Record.StoppedAt), Is.EqualTo((ServiceDeployment.Stopped, service.Now)));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Failed));
    }

    [Test]
    public void With_nothing_to_go_back_to_a_rollback_cannot_be_asked_for()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        Assert.That(Rollouts.Request(service.Service, service.Primary, rollback: true, service.Now), Is.Null);
    }

    private static void Fail(PlannedService service, Deployment deployment)
    {
        service.Plan(100);
        service.Crash(service.Of(deployment)[0], "TaskFailedToStart");
        service.Plan();
    }

    private static void FailUntilTripped(PlannedService service, Deployment deployment)
    {
        for (var i = 0; i < 3; i++) Fail(service, deployment);
    }
}
