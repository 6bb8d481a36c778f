using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Tests.Ecs.Planning;

internal sealed class ServicePlannerTests
{
    [Test]
    public void A_first_deployment_starts_the_desired_tasks_and_completes_when_they_run()
    {
        var service = new PlannedService(desired: 2);
        var deployment = service.Deploy();
        service.Plan();
        Assert.That(service.LastPlan.Starts, Has.Length.EqualTo(2));
        Assert.That(service.Events[0], Does.Match(@"^\(service web\) has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.$"));

        service.Settle();
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Completed));
        Assert.That(service.Primary.RolloutStateReason, Is.EqualTo($"ECS deployment {deployment.Id} completed."));
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.Successful));
        Assert.That(service.Record.BreakerStatus, Is.EqualTo("MONITORING_COMPLETE"));
        Assert.That(service.Events.Take(2), Is.EqualTo(new[]
        {
            "(service web) has reached a steady state.",
            $"(service web) (deployment {deployment.Id}) deployment completed.",
        }));
    }

    [Test]
    public void A_steady_service_is_left_alone_and_announced_once()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Settle();
        var before = service.Service;
        service.Plan(1000);
        Assert.That(service.Service, Is.SameAs(before));
        Assert.That(service.Events.Count(message => message.EndsWith("steady state.", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Old_tasks_stay_until_new_ones_are_available()
    {
        var service = new PlannedService(desired: 2, loadBalancer: true);
        var first = service.Deploy();
        service.Settle();
        var second = service.Deploy();
        service.Plan();
        Assert.That(service.Of(second), Has.Count.EqualTo(2));
        Assert.That(service.LastPlan.Stops, Is.Empty);

        var fresh = service.Of(second)[0];
        service.Change(fresh.Id, task => task with { LastStatus = EcsTask.Running, StartedAt = service.Now, Target = TargetState.Initial });
        service.Plan(5);
        Assert.That(service.LastPlan.Stops, Is.Empty, "a task that the load balancer does not trust yet replaces nothing");

        service.Run(fresh);
        service.Plan(1);
        Assert.That(service.LastPlan.Stops, Has.Length.EqualTo(1));
        Assert.That(service.LastPlan.Stops[0].Reason, Is.EqualTo($"Scaling activity initiated by (deployment {second.Id})"));
        Assert.That(service.Of(first), Has.Count.EqualTo(1));
        Assert.That(service.Events.Take(3), Is.EqualTo(new[]
        {
            "(service web) has begun draining connections on 1 tasks.",
            "(service web) deregistered 1 targets in (target-group tg)",
            $"(service web) has stopped 1 running tasks: (task {service.LastPlan.Stops[0].TaskId}).",
        }));
    }

    [Test]
    public void A_deployment_is_complete_only_when_the_old_tasks_are_gone()
    {
        var service = new PlannedService(desired: 1);
        service.Deploy();
        service.Settle();
        var second = service.Deploy();
        service.Plan();
        service.Run(service.Of(second)[0]);
        service.Plan(2);
        service.Plan(1);
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.InProgress));
        Assert.That(service.Service.Deployments.Select(one => one.Status), Is.EqualTo(new[] { "PRIMARY", "ACTIVE" }));

        service.Settle();
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Completed));
        Assert.That(service.Service.Deployments, Has.Length.EqualTo(1));
    }

    [Test]
    public void Without_room_for_more_tasks_old_ones_go_first()
    {
        var service = new PlannedService(desired: 2, minimum: 50, maximum: 100);
        service.Deploy();
        service.Settle();
        var second = service.Deploy();
        service.Plan();
        Assert.That(service.LastPlan.Starts, Is.Empty);
        Assert.That(service.LastPlan.Stops, Has.Length.EqualTo(1));
        service.Settle();
        Assert.That(service.Of(second), Has.Count.EqualTo(2));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Completed));
    }

    [TestCase(4, 100, 200, 8, 4)]
    [TestCase(4, 50, 100, 4, 2)]
    [TestCase(3, 50, 150, 4, 2)]
    [TestCase(1, 100, 200, 2, 1)]
    [TestCase(5, 0, 100, 5, 0)]
    public void Every_moment_of_a_rollout_keeps_to_the_percentages(int desired, int minimum, int maximum, int most, int least)
    {
        var service = new PlannedService(desired, minimum, maximum);
        service.Deploy();
        service.Settle();
        service.Deploy();
        for (var i = 0; i < 40 && service.Primary.RolloutState != Deployment.Completed; i++)
        {
            service.Plan(2);
            Assert.That(service.Wanted, Has.Count.LessThanOrEqualTo(most));
            Assert.That(service.Wanted.Count(task => task.IsAvailable(false, service.Now)), Is.GreaterThanOrEqualTo(least));

            // One thing happens at a time.
            if (service.Alive.FirstOrDefault(task => !task.IsWanted) is { } leaving && i % 2 == 0) service.End(leaving);
            else if (service.Wanted.FirstOrDefault(task => task.LastStatus != EcsTask.Running) is { } coming) service.Run(coming);
        }

        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Completed));
    }

    [Test]
    public void Scaling_in_and_out_makes_no_deployment()
    {
        var service = new PlannedService(desired: 3);
        var deployment = service.Deploy();
        service.Settle();
        service.Service = service.Service with { DesiredCount = 1, Steady = false };
        service.Settle();
        Assert.That(service.Wanted, Has.Count.EqualTo(1));
        service.Service = service.Service with { DesiredCount = 4, Steady = false };
        service.Settle();
        Assert.That(service.Wanted, Has.Count.EqualTo(4));
        Assert.That(service.Primary.Id, Is.EqualTo(deployment.Id));
        Assert.That(service.Primary.RolloutState, Is.EqualTo(Deployment.Completed));
    }

    [Test]
    public void An_unhealthy_task_is_stopped_and_replaced()
    {
        var service = new PlannedService(desired: 1, loadBalancer: true);
        service.Deploy();
        service.Settle();
        var task = service.Wanted[0];
        service.Change(task.Id, one => one with { Target = TargetState.Unhealthy, TargetReason = "Health checks failed with these codes: [500]" });
        service.Plan(1);
        Assert.That(service.LastPlan.Stops.Single().Reason, Is.EqualTo("Task failed ELB health checks in (target-group tg)"));
        Assert.That(service.Events, Has.Some.EqualTo(
            $"(service web) (task {task.Id}) (port 8000) is unhealthy in (target-group tg) due to (reason Health checks failed with these codes: [500])."));
        Assert.That(service.LastPlan.Starts, Has.Length.EqualTo(1));
        Assert.That(service.Primary.FailedTasks, Is.Zero, "it was available once");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void An_unhealthy_task_is_left_alone_until_the_whole_grace_period_is_over(bool loadBalancer)
    {
        var service = new PlannedService(desired: 1, loadBalancer: loadBalancer);
        service.Service.Settings["healthCheckGracePeriodSeconds"] = 60;
        service.Deploy();
        service.Plan();
        var task = service.Wanted.Single();
        service.Run(task);
        service.Plan(2);
        service.Change(task.Id, one => loadBalancer
            ? one with { Target = TargetState.Unhealthy }
            : one with { Containers = [one.Containers[0] with { HasHealthCheck = true, Health = EcsTask.Unhealthy }] });

        Assert.That(service.Plan(57).Stops, Is.Empty);
        Assert.That(service.Plan(1).Stops.Select(stop => stop.TaskId), Is.EqualTo(new[] { task.Id }));
    }

    [Test]
    public void A_deleted_service_drains_to_inactive()
    {
        var service = new PlannedService(desired: 2);
        service.Deploy();
        service.Settle();
        service.Service = service.Service with { Status = Service.Draining, DesiredCount = 0 };
        service.Plan();
        Assert.That(service.Wanted, Is.Empty);
        Assert.That(service.Service.Status, Is.EqualTo(Service.Draining));
        foreach (var task in service.Alive) service.End(task);
        service.Plan();
        Assert.That(service.Service.Status, Is.EqualTo(Service.Inactive));
    }
}
