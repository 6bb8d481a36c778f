using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollbacks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FollowDeploymentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new() { State = Service(Rollout(failed: 2), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1)) };
    private readonly InterceptedService ecs;
    private readonly RecordingReport report = new();
    private readonly CancellationTokenSource signal = new();
    private readonly ArtifactStore store;

    public FollowDeploymentTests()
    {
        ecs = new InterceptedService(service);
        store = new ArtifactStore(folder.Path, "local");
        Record(OldRevision);
        service.Tasks.AddRange([PullFailed("a"), PullFailed("b")]);
    }

    public void Dispose()
    {
        signal.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task A_failed_deployment_is_taken_back_and_both_are_reported()
    {
        WhenUpdated(Rollout(Other, rollout: "COMPLETED", revision: OldRevision, running: 1));

        var refusal = await RefusedAsync();

        Assert.That(service.Updates.Single().TaskDefinitionArn, Is.EqualTo(OldRevision));
        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.RolledBack));
        Assert.That(refusal.Message, Does.Contain("'ecs-svc/2222'").And.Contain("not in its repository").And.Contain("was rolled back").And.Contain("stable on 'web:1' again"));
        var outcome = store.Read<OutcomeArtifact>();
        Assert.That(outcome.Verdict, Is.EqualTo(Verdict.RolledBack));
        Assert.That((outcome.ExitCode, outcome.Notes[^1]), Is.EqualTo((7, refusal.Message.Split('\n')[^1])));
        Assert.That(store.ReadText("report.md"), Does.EndWith(outcome.Notes[^1] + "\n"));
        Assert.That(store.Read<DeploymentArtifact>().DeploymentId, Is.EqualTo(Ours), "a resumed wait sees the deployment that was rolled back");
    }

    [Test]
    public async Task A_rollback_that_fails_too_leaves_the_first_exit_code()
    {
        WhenUpdated(Rollout(Other, rollout: "FAILED", revision: OldRevision, failed: 3));

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("The rollback to 'web:1' failed, too"));
        Assert.That(store.Read<OutcomeArtifact>().Verdict, Is.EqualTo(Verdict.Failed));
    }

    [Test]
    public async Task Without_the_setting_nothing_goes_back()
    {
        Assert.That((await RefusedAsync(isOn: false)).ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(service.Updates, Is.Empty);
    }

    [TestCase(null)]
    [TestCase(NewRevision)]
    public async Task Without_another_revision_from_before_that_is_said(string? previous)
    {
        Record(previous);

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("Nothing was rolled back: no other revision was live before."));
        Assert.That(service.Updates, Is.Empty);
    }

    [Test]
    public async Task A_refused_update_is_said_beside_the_failure()
    {
        ecs.OnUpdate = _ => Task.FromException(new SlipwayException(ExitCode.PreconditionFailed, "failed to update service 'web': AccessDeniedException"));

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("not in its repository").And.Contain("could not be rolled back to 'web:1'").And.Contain("AccessDenied"));
    }

    [Test]
    public async Task A_signal_before_the_update_says_that_nothing_was_rolled_back()
    {
        service.BeforeTasks = async (look, cancellationToken) =>
        {
            if (look == 1) return;
            await signal.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };

        var refusal = await RefusedAsync();

        Assert.That(service.Updates, Is.Empty);
        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(refusal.Message, Does.EndWith("\nThe run was cancelled, and nothing was rolled back."));
        var outcome = store.Read<OutcomeArtifact>();
        Assert.That((outcome.Verdict, outcome.ExitCode, outcome.Notes[^1]), Is.EqualTo((Verdict.Failed, 130, "The run was cancelled, and nothing was rolled back.")));
    }

    [Test]
    public async Task A_signal_while_the_update_gets_no_answer_says_that_it_is_not_known()
    {
        // On this thread: the test lets its clock run on meanwhile.
        ecs.OnUpdate = cancellationToken =>
        {
            signal.Cancel();
            return Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        };

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(refusal.Message, Does.Contain("updated back to 'web:1', and ECS has not answered: whether it goes back is not known").And.Not.Contain("goes on in ECS"));
    }

    [Test]
    public async Task A_signal_after_the_update_says_what_goes_on()
    {
        ecs.OnUpdate = async _ => await signal.CancelAsync();

        var refusal = await RefusedAsync();

        Assert.That(service.Updates.Single().TaskDefinitionArn, Is.EqualTo(OldRevision));
        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(refusal.Message, Does.EndWith("The run was cancelled while the service went back to 'web:1', which goes on in ECS."));
    }

    [TestCase(true, "Whether the service goes back to 'web:1' is not known: failed to update service 'web': reset")]
    [TestCase(false, "It could not be rolled back to 'web:1': failed to update service 'web': reset")]
    public async Task An_update_whose_answer_was_lost_is_not_called_undone(bool mayBeDone, string words)
    {
        ecs.OnUpdate = _ => Task.FromException(new TransientServiceException("failed to update service 'web': reset", false, null, null) { MayBeDone = mayBeDone });

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.EndWith(words));
    }

    [Test]
    public async Task A_wait_for_the_rollback_that_fails_does_not_deny_the_rollback()
    {
        WhenUpdated(Rollout(Other, revision: OldRevision), () => service.FailNextLooks(
            1, () => new SlipwayException(ExitCode.PreconditionFailed, "failed to describe service 'web': ExpiredTokenException")));

        var refusal = await RefusedAsync();

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.Contain("The service goes back to 'web:1', and that goes on in ECS").And.Contain("ExpiredToken").And.Not.Contain("could not be"));
    }

    private void WhenUpdated(DeploymentState rollback, Action? then = null) => ecs.OnUpdate = _ =>
    {
        service.State = Service(rollback, Rollout(status: "ACTIVE"));
        then?.Invoke();
        return Task.CompletedTask;
    };

    private void Record(string? previous) => store.Write(new DeploymentArtifact(
        DeploymentArtifact.CurrentSchema, "local", null, "us-east-1", "123456789012", "parrot", "web", NewRevision, previous, Ours, null, false, Digest, Noon));

    private async Task<SlipwayException> RefusedAsync(bool isOn = true)
    {
        var settings = TestSettings.Local with { RollsBackOnFailure = isOn, Timeout = TimeSpan.FromMinutes(5) };
        var wait = new WaitForStable(settings, store, ecs, new FakeLogs(), report, clock);
        var work = new FollowDeployment(settings, store, wait, ecs, report, clock).RunAsync(signal.Token);
        await clock.RunAsync(Task.WhenAny(work));
        return (await Assert.ThrowsAsync<SlipwayException>(() => work))!;
    }
}
