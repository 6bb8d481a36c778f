using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollbacks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CancelDeploymentTests
{
    private const string Arn = "arn:aws:ecs:us-east-1:123456789012:service-deployment/parrot/web/abc";

    private static readonly SlipwayException Refusal = new(ExitCode.PreconditionFailed, "failed to stop service deployment 'abc': AccessDeniedException");

    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new() { State = Service(Rollout(pending: 1), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1)) };
    private readonly InterceptedService ecs;
    private DeploymentSettings settings = TestSettings.Local with { RollsBackOnCancel = true };
    private DeploymentArtifact deployment = new(
        DeploymentArtifact.CurrentSchema, "local", null, "us-east-1", "123456789012", "parrot", "web", NewRevision, OldRevision, Ours, Arn, false, Digest, Noon);

    public CancelDeploymentTests() => ecs = new InterceptedService(service);

    [Test]
    public async Task Left_it_goes_on_and_nothing_is_called()
    {
        settings = settings with { RollsBackOnCancel = false };

        var cancelled = await CancelAsync();

        Assert.That(cancelled.What, Is.EqualTo("Deployment 'ecs-svc/2222' of service 'web' goes on in ECS."));
        Assert.That(cancelled.Remedy, Is.EqualTo("./build.sh --target=WaitStable --environment=local --exclusive to go on waiting"));
        Assert.That(service.Calls, Is.Empty);
    }

    [Test]
    public async Task A_rollback_is_one_call_that_comes_before_everything_else()
    {
        var cancelled = await CancelAsync();

        Assert.That(service.Stops, Is.EqualTo(new[] { (Arn, true) }));
        Assert.That(service.Calls, Is.EqualTo(new[] { "Stop" }));
        Assert.That(cancelled.What, Does.Contain("told to roll it back to 'web:1'"));
        Assert.That(cancelled.Remedy, Does.Contain("--target=WaitStable").And.Contain("--exclusive"));
    }

    [Test]
    public async Task A_service_deployment_that_was_not_known_at_the_update_is_found_now()
    {
        deployment = deployment with { ServiceDeploymentArn = null };
        service.History = [new ServiceDeploymentState(Arn, ServiceDeploymentStatus.InProgress)];

        await CancelAsync();

        Assert.That(service.Stops.Single().Arn, Is.EqualTo(Arn));
        Assert.That(service.Updates, Is.Empty);
    }

    [Test]
    public async Task Where_service_deployments_are_not_offered_the_service_is_updated_back()
    {
        deployment = deployment with { ServiceDeploymentArn = null };

        var cancelled = await CancelAsync();

        Assert.That(service.Updates.Single(), Is.EqualTo(new ServiceUpdate("parrot", "web", OldRevision, null)));
        Assert.That(cancelled.What, Does.Contain("updated back to 'web:1'"));
    }

    [Test]
    public async Task Where_the_stop_is_refused_the_service_is_updated_back()
    {
        ecs.OnStop = _ => Task.FromException(Refusal);

        await CancelAsync();

        Assert.That(service.Updates.Single().TaskDefinitionArn, Is.EqualTo(OldRevision));
    }

    [Test]
    public async Task A_deployment_that_has_completed_meanwhile_stays()
    {
        ecs.OnStop = _ => Task.FromException(Refusal);
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1));

        var cancelled = await CancelAsync();

        Assert.That(service.Updates, Is.Empty);
        Assert.That(cancelled.What, Does.Contain("was complete already"));
        Assert.That(cancelled.Remedy, Does.Contain("--target=Rollback"));
    }

    [Test]
    public async Task Somebody_elses_deployment_is_not_touched()
    {
        deployment = deployment with { ServiceDeploymentArn = null };
        service.State = Service(Rollout(Other, revision: OtherRevision), Rollout(status: "ACTIVE"));
        service.History = [new ServiceDeploymentState(Arn, ServiceDeploymentStatus.InProgress)];

        var cancelled = await CancelAsync();

        Assert.That(service.Stops, Is.Empty);
        Assert.That(service.Updates, Is.Empty);
        Assert.That(cancelled.What, Does.Contain("is not the service's primary one any more"));
    }

    [TestCase(null)]
    [TestCase(NewRevision)]
    public async Task Without_another_revision_from_before_it_is_left(string? previous)
    {
        deployment = deployment with { ServiceDeploymentArn = null, PreviousTaskDefinitionArn = previous };

        Assert.That((await CancelAsync()).What, Does.Contain("goes on in ECS").And.Contain("no other revision was live before it"));
        Assert.That(service.Updates, Is.Empty);
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task What_this_run_did_not_begin_and_what_goes_back_already_is_left(bool nothingToDo, bool isRollback)
    {
        deployment = deployment with { NothingToDo = nothingToDo, IsRollback = isRollback };

        await CancelAsync();

        Assert.That(service.Calls, Is.Empty);
    }

    [Test]
    public async Task A_call_that_hangs_is_given_up_after_some_seconds_and_said()
    {
        ecs.OnStop = cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);

        var cancelled = await CancelAsync();

        Assert.That(cancelled.What, Does.Contain("did not answer within 6 s").And.Contain("is not known").And.Not.Contain("goes on in ECS"));
    }

    [Test]
    public async Task A_look_that_hangs_has_rolled_nothing_back()
    {
        ecs.OnStop = _ => throw Refusal;
        ecs.OnFind = cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);

        var cancelled = await CancelAsync();

        Assert.That(cancelled.What, Does.Contain("goes on in ECS").And.Contain("nothing was rolled back"));
    }

    [Test]
    public async Task A_change_whose_answer_was_lost_is_not_known()
    {
        ecs.OnStop = _ => Task.FromException(new TransientServiceException("failed to stop service deployment 'abc': reset", false, "try again", null) { MayBeDone = true });

        var cancelled = await CancelAsync();

        Assert.That(cancelled.What, Does.Contain("whether it is rolled back is not known").And.Contain("reset").And.Not.Contain("could not be rolled back"));
    }

    [Test]
    public async Task A_call_that_fails_is_said()
    {
        ecs.OnStop = _ => Task.FromException(new TransientServiceException("failed to stop service deployment 'abc': 503", false, "try again", null));

        Assert.That((await CancelAsync()).What, Does.Contain("goes on in ECS").And.Contain("503"));
    }

    private async Task<CancelledDeployment> CancelAsync()
    {
        var work = new CancelDeployment(settings, ecs, clock).RunAsync(deployment);
        await clock.RunAsync(work);
        return await work;
    }
}
