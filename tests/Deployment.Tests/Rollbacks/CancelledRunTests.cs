using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollbacks;

/// <summary>Signals that come while DeployEcs or WaitStable is at work.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CancelledRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new();
    private readonly InterceptedService ecs;
    private readonly CancellationTokenSource signal = new();
    private readonly ArtifactStore store;
    private readonly DeploymentSettings settings = TestSettings.Local with { TaskDefinition = new TaskDefinitionSource.Revision("web:2"), RollsBackOnCancel = true };

    public CancelledRunTests()
    {
        ecs = new InterceptedService(service);
        store = new ArtifactStore(folder.Path, "local");
        store.Write(new TaskDefinitionArtifact(
            TaskDefinitionArtifact.CurrentSchema, "local", null, "revision", "web:2", NewRevision, "web", null, Digest, null));
    }

    public void Dispose()
    {
        signal.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_signal_before_the_update_begins_no_deployment()
    {
        await signal.CancelAsync();

        await Assert.ThatAsync(DeployAsync, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(service.Updates, Is.Empty);
        Assert.That(store.Exists("deployment.json"), Is.False);
    }

    [Test]
    public async Task A_signal_while_ECS_updates_the_service_loses_nothing()
    {
        ecs.OnUpdate = async _ => await signal.CancelAsync();

        var deployment = await DeployAsync();

        Assert.That(deployment.DeploymentId, Is.EqualTo(Ours));
        Assert.That(store.Read<DeploymentArtifact>(), Is.EqualTo(deployment));
    }

    [Test]
    public async Task An_update_that_is_never_answered_ends_the_cancelled_run_and_says_what_is_not_known()
    {
        // On this thread: the test lets its clock run on meanwhile.
        ecs.OnUpdate = cancellationToken =>
        {
            signal.Cancel();
            return Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(DeployAsync);

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(refusal.Message, Does.Contain("whether a deployment has begun is not known"));
        Assert.That(refusal.Remedy, Does.Contain("--target=Status"));
        Assert.That(clock.GetUtcNow() - Noon, Is.LessThan(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public async Task The_wait_of_a_cancelled_run_does_not_begin_but_rolls_back_and_writes_what_was_done()
    {
        ecs.OnUpdate = async _ => await signal.CancelAsync();
        await DeployAsync();

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => WaitAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(refusal.Message, Does.StartWith("The run was cancelled. ").And.Contain("updated back to 'web:1'"));
        Assert.That(service.Updates.Select(update => update.TaskDefinitionArn), Is.EqualTo(new[] { NewRevision, OldRevision }));
        var outcome = store.Read<OutcomeArtifact>();
        Assert.That(outcome.Verdict, Is.EqualTo(Verdict.Cancelled));
        Assert.That(outcome.Cause!.Sentence, Does.Contain("updated back to 'web:1'"));
    }

    private async Task<DeploymentArtifact> DeployAsync()
    {
        var work = new DeployServices(settings, store, ecs, new FakeIdentity(), new RecordingReport(), clock).DeployService.RunAsync(signal.Token);
        await clock.RunAsync(work);
        return await work;
    }

    private Task<OutcomeArtifact> WaitAsync() => new WaitForStable(settings, store, ecs, new FakeLogs(), new RecordingReport(), clock).RunAsync(signal.Token);
}
