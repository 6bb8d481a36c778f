using Slipway.Deployment.Images;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Reporting;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Tracking;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RolloutWatcherTests
{
    private const string Modern = "arn:aws:ecs:us-east-1:123456789012:service-deployment/parrot/web/1";

    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new();
    private readonly RecordingReport report = new();

    [Test]
    public async Task A_deployment_is_followed_to_its_end()
    {
        service.BeforeLook = look =>
        {
            service.State = look switch
            {
                < 3 => Service(Rollout(pending: 1), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1)),
                < 5 => Service(Rollout(running: 1)),
                _ => Service(Rollout(rollout: "COMPLETED", running: 1)),
            };
            if (look == 3) service.Tasks.Add(Running());
        };

        var result = await WatchAsync();

        Assert.That(result.Decision, Is.TypeOf<RolloutDecision.Stable>());
        Assert.That(service.Looks, Is.EqualTo(5));
        Assert.That(report.Of("progress"), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Throttled_and_broken_looks_are_tried_again()
    {
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1));
        service.Tasks.Add(Running());
        service.FailNextLooks(6, () => new TransientServiceException("failed to describe service 'web': ThrottlingException Rate exceeded", true, null, null));

        var result = await WatchAsync();

        Assert.That(result.Decision, Is.TypeOf<RolloutDecision.Stable>());
        Assert.That(report.Details.Count(detail => detail.Contains("Rate exceeded")), Is.EqualTo(6));
        Assert.That(clock.GetUtcNow() - Noon, Is.GreaterThan(TimeSpan.FromSeconds(60)), "looks get slower");
    }

    [Test]
    public async Task The_wait_ends_at_the_deadline_also_while_no_look_succeeds()
    {
        service.FailNextLooks(1000, () => new TransientServiceException("no connection", false, null, null));

        var result = await WatchAsync();

        Assert.That(result.Decision, Is.TypeOf<RolloutDecision.TimedOut>());
        Assert.That(result.LastSeen, Is.Null);
        Assert.That(clock.GetUtcNow() - Noon, Is.EqualTo(TimeSpan.FromMinutes(10)).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task The_last_look_is_at_the_deadline()
    {
        service.State = Service(Rollout(pending: 1));

        var result = await WatchAsync();

        Assert.That(((RolloutDecision.TimedOut)result.Decision).LastState, Does.Contain("0 of 1 running, 1 pending"));
        Assert.That(clock.GetUtcNow() - Noon, Is.EqualTo(TimeSpan.FromMinutes(10)).Within(TimeSpan.FromSeconds(1)));
        Assert.That(service.Looks, Is.InRange(100, 160), "about one look in five seconds");
    }

    [Test]
    public async Task Every_event_since_the_deployment_is_told_once_and_in_order()
    {
        var first = Event("1", "started 1 task", 1);
        var second = Event("2", "same second, first", 2);
        var third = Event("3", "same second, second", 2);
        var old = Event("0", "an hour ago", -3600);
        service.BeforeLook = look => service.State = look switch
        {
            1 => Service(Rollout(pending: 1)) with { Events = [first, old] },
            2 => Service(Rollout(pending: 1)) with { Events = [second, first, old] },
            3 => Service(Rollout(pending: 1)) with { Events = [third, second, first, old] },
            _ => Service(Rollout(rollout: "COMPLETED", desired: 0)) with { Events = [third, second, first, old] },
        };

        await WatchAsync();

        Assert.That(report.Of("line event"), Is.EqualTo(new[] { "started 1 task", "same second, first", "same second, second" }));
    }

    [Test]
    public async Task A_first_look_that_shows_the_state_before_the_update_changes_nothing()
    {
        service.BeforeLook = look => service.State = look < 4
            ? Service(Rollout(Before, rollout: "COMPLETED", revision: OldRevision, running: 1))
            : Service(Rollout(rollout: "COMPLETED", desired: 0));

        var result = await WatchAsync();

        Assert.That(result.Decision, Is.TypeOf<RolloutDecision.Stable>());
    }

    [Test]
    public async Task A_service_that_is_deleted_ends_the_wait()
    {
        service.BeforeLook = look => service.State = look < 2 ? Service(Rollout(pending: 1)) : null;

        var result = await WatchAsync();

        Assert.That(((RolloutDecision.Failed)result.Decision).Failure.Cause, Does.Contain("no longer exists"));
    }

    [Test]
    public async Task Other_failures_end_the_wait_at_once()
    {
        service.FailNextLooks(1, () => new SlipwayException(ExitCode.PreconditionFailed, "expired", "log in"));

        await Assert.ThrowsAsync<SlipwayException>(WatchAsync);
        Assert.That(service.Looks, Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_that_is_known_outweighs_a_last_look_that_failed()
    {
        service.State = Service(Rollout(failed: 2), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1)).WithRollback();
        service.Tasks.AddRange([PullFailed("a"), PullFailed("b")]);
        service.BeforeLook = look =>
        {
            if (look == 3) service.FailNextLooks(1000, () => new TransientServiceException("no connection", false, null, null));
        };

        var result = await WatchAsync();

        Assert.That(((RolloutDecision.Failed)result.Decision).Failure.Key, Is.EqualTo("image-missing"));
    }

    [Test]
    public async Task A_service_deployment_that_is_refused_in_the_middle_is_not_waited_for_by_what_it_said_before()
    {
        service.ServiceDeployment = new ServiceDeploymentState(Modern, ServiceDeploymentStatus.InProgress) { CreatedAt = Noon };
        service.State = Service(Rollout(running: 1));
        service.Tasks.Add(Running());
        service.BeforeLook = look =>
        {
            if (look < 3) return;
            service.ServiceDeployment = null;
            service.State = Service(Rollout(rollout: "COMPLETED", running: 1));
        };

        var result = await WatchAsync(Modern);

        Assert.That(result.Decision, Is.TypeOf<RolloutDecision.Stable>());
        Assert.That(report.Details, Has.Some.Contains("by its id"));
    }

    [Test]
    public async Task A_registry_that_never_answers_holds_the_wait_up_no_longer_than_to_its_end()
    {
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1));
        service.Tasks.Add(Running(digest: ChildDigest));

        var result = await WatchAsync(proof: new RolloutProof(new SilentRegistry(), null));

        Assert.That(((RolloutDecision.Stable)result.Decision).Notes.Single(), Does.Contain("could not be compared"));
        Assert.That(clock.GetUtcNow() - Noon, Is.LessThan(TimeSpan.FromMinutes(11)));
        Assert.That(report.Warnings.Single(), Does.Contain("did not tell in time"));
    }

    [Test]
    public async Task Cancelling_ends_the_wait_in_the_middle_of_a_pause()
    {
        using var cancellation = new CancellationTokenSource();
        service.State = Service(Rollout(pending: 1));
        service.BeforeLook = look =>
        {
            if (look == 3) cancellation.Cancel();
        };

        await Assert.ThatAsync(() => WatchAsync(cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(service.Looks, Is.EqualTo(3));
    }

    private async Task<RolloutResult> WatchAsync() => await WatchAsync(CancellationToken.None);

    private async Task<RolloutResult> WatchAsync(CancellationToken cancellationToken) => await WatchAsync(null, null, cancellationToken);

    private async Task<RolloutResult> WatchAsync(string? serviceDeployment = null, RolloutProof? proof = null, CancellationToken cancellationToken = default)
    {
        var watch = new RolloutWatcher(service, report, clock, new Middle()) { Proof = proof ?? RolloutProof.None }
            .WatchAsync("parrot", "web", Goal(), serviceDeployment, cancellationToken);
        await clock.RunAsync(watch);
        return await watch;
    }

    private sealed class SilentRegistry : IImageManifests
    {
        public async Task<IReadOnlyList<string>> FindAsync(string image, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return [];
        }
    }
}
