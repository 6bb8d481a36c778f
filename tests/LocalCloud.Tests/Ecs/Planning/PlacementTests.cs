using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Tests.Ecs.Planning;

/// <summary>Tasks for which there is no capacity: not started, tried again, no failed start.</summary>
internal sealed class PlacementTests
{
    private const string Unplaced = "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. "
        + "Please try again later or in a different availability zone. "
        + "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

    [Test]
    public void Without_capacity_no_task_is_started_and_the_event_says_so_once_per_attempt()
    {
        var service = new PlannedService(desired: 1) { HasCapacity = () => false };
        service.Deploy();
        service.Plan();
        service.Plan(1);
        Assert.That((service.Alive.Count, service.Events.Count(message => message == Unplaced)), Is.EqualTo((0, 1)));

        service.Plan(1);
        Assert.That((service.Primary.FailedTasks, service.Events.Count(message => message == Unplaced)), Is.EqualTo((0, 2)));
    }

    [Test]
    public void When_there_is_capacity_again_the_task_starts()
    {
        var service = new PlannedService(desired: 1) { HasCapacity = () => false };
        service.Deploy();
        service.Plan();
        service.HasCapacity = () => true;
        service.Plan(2);
        Assert.That(service.Wanted, Has.Count.EqualTo(1));
        service.Settle();
        Assert.That(service.Record.Status, Is.EqualTo(ServiceDeployment.Successful));
    }

    [Test]
    public void Where_there_is_capacity_for_some_these_are_started()
    {
        var left = 2;
        var service = new PlannedService(desired: 3) { HasCapacity = () => left-- > 0 };
        service.Deploy();
        service.Plan();
        Assert.That(service.Wanted, Has.Count.EqualTo(2));
        Assert.That(service.Events[0], Does.StartWith("(service web) has started 2 tasks: "));
    }
}
