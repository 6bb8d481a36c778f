using Slipway.Deployment.Services;
using Slipway.Deployment.Status;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Status;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadStatusTests
{
    private readonly FakeService service = new();

    [Test]
    public async Task Running_tasks_come_first_and_events_oldest_first()
    {
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1)) with { Events = [Event("3", "c"), Event("2", "b"), Event("1", "a")] };
        service.Tasks.AddRange([Stopped("old", "x", 1), Running("new")]);

        var status = await new ReadStatus(TestSettings.Local, service).RunAsync(events: 2);

        Assert.That(status.Tasks.Select(task => task.Id), Is.EqualTo(new[] { "new", "old" }));
        Assert.That(status.Events.Select(happened => happened.Message), Is.EqualTo(new[] { "b", "c" }));
        Assert.That(status.RunningDigests, Is.EqualTo(new[] { Digest }));
        Assert.That(status.IsStable, Is.True);
    }

    [Test]
    public async Task A_deployment_under_way_is_not_stable()
    {
        service.State = Service(Rollout(pending: 1), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1));

        var status = await new ReadStatus(TestSettings.Local, service).RunAsync();

        Assert.That(status.IsStable, Is.False);
    }

    [Test]
    public async Task A_service_that_does_not_exist_is_refused_with_a_remedy()
    {
        service.State = null;

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => new ReadStatus(TestSettings.Local, service).RunAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
    }

    [Test]
    public async Task A_throttled_look_is_shown_as_a_failure()
    {
        service.FailNextLooks(1, () => new TransientServiceException("throttled", true, "later", null));

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => new ReadStatus(TestSettings.Local, service).RunAsync());

        Assert.That(refusal!.Remedy, Is.EqualTo("later"));
    }
}
