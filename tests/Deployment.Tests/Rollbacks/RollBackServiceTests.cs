using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollbacks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RollBackServiceTests : IDisposable
{
    private const string Host = "123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service";

    private readonly TemporaryFolder folder = new();
    private readonly WaitedClock clock = new(Noon);
    private readonly FakeService service = new() { State = Service(Rollout(rollout: "COMPLETED", running: 1)) };
    private readonly InterceptedService ecs;
    private readonly FakeImageRegistry registry = new();
    private readonly RecordingReport report = new();
    private readonly ArtifactStore store;

    public RollBackServiceTests()
    {
        ecs = new InterceptedService(service);
        store = new ArtifactStore(folder.Path, "local");
        registry.Put("old", Digest);
        registry.Put("new", OtherDigest);
        Register(OldRevision, Digest);
        Register(NewRevision, OtherDigest);
        Register(OtherRevision, OtherDigest);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task The_last_revision_whose_deployment_succeeded_is_the_one_to_go_back_to_and_not_the_one_before_by_number()
    {
        Present(OtherRevision);
        History((OtherRevision, "SUCCESSFUL"), (NewRevision, "ROLLBACK_SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));

        var deployment = await RollBackAsync();

        Assert.That(service.Updates.Single(), Is.EqualTo(new ServiceUpdate("emotional-parrot", "stream-ml-service-1", OldRevision, null)));
        Assert.That((deployment!.TaskDefinitionArn, deployment.IsRollback, deployment.ImageDigest), Is.EqualTo((OldRevision, true, Digest)));
        Assert.That(store.Read<DeploymentArtifact>(), Is.EqualTo(deployment));
        Assert.That(report.Facts[0], Is.EqualTo("The last good revision is 'web:1': its deployment succeeded on 2026-03-01 12:00 UTC."));
    }

    [Test]
    public async Task What_it_undoes_is_shown_with_secrets_hidden()
    {
        History((NewRevision, "SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));

        await RollBackAsync();

        Assert.That(report.Facts, Has.Some.EqualTo("Going back from 'web:2' to 'web:1'. What changes:"));
        Assert.That(report.Facts, Has.Some.Contains("containerDefinitions[web].image").And.Some.Contains("DB_PASSWORD"));
        Assert.That(string.Join('\n', report.Entries), Does.Not.Contain("hunter"));
    }

    [Test]
    public async Task A_revision_that_never_succeeded_is_left_for_the_last_one_that_did()
    {
        Present(OtherRevision);
        History((OtherRevision, "STOPPED"), (NewRevision, "SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));

        Assert.That((await RollBackAsync())!.TaskDefinitionArn, Is.EqualTo(NewRevision));
    }

    [Test]
    public async Task A_second_rollback_does_not_return_to_what_the_first_one_left()
    {
        Present(OldRevision);
        History((OldRevision, "SUCCESSFUL"), (NewRevision, "SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => RollBackAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain("There is nothing to roll back to"));
        Assert.That(refusal.Remedy, Does.Contain("--to=family:number"));
    }

    [Test]
    public async Task Without_a_history_the_record_of_the_last_deployment_counts()
    {
        Record(NewRevision, OldRevision);

        Assert.That((await RollBackAsync())!.TaskDefinitionArn, Is.EqualTo(OldRevision));
        Assert.That(report.Facts[0], Does.Contain("live before the deployment that this machine made last"));
    }

    [Test]
    public async Task A_record_of_another_deployment_does_not_count()
    {
        Record(OtherRevision, OldRevision);

        await Assert.ThatAsync(() => RollBackAsync(), Throws.InstanceOf<SlipwayException>());
    }

    [Test]
    public async Task Without_history_and_record_an_older_revision_of_which_tasks_ran_counts()
    {
        Present(OtherRevision);
        service.Tasks.Add(Stopped("a", "Scaling activity") with { TaskDefinitionArn = OldRevision });
        service.Tasks.Add(PullFailed("b") with { TaskDefinitionArn = NewRevision, StartedAt = null });

        Assert.That((await RollBackAsync())!.TaskDefinitionArn, Is.EqualTo(OldRevision));
    }

    [Test]
    public async Task A_named_revision_is_taken()
    {
        service.Definitions["web:3"] = service.Definitions[OtherRevision];

        Assert.That((await RollBackAsync("web:3"))!.TaskDefinitionArn, Is.EqualTo(OtherRevision));
    }

    [Test]
    public async Task The_revision_that_runs_already_is_nothing_to_roll_back()
    {
        service.Definitions["web:2"] = service.Definitions[NewRevision];

        Assert.That(await RollBackAsync("web:2"), Is.Null);
        Assert.That(service.Updates, Is.Empty);
        Assert.That(report.Facts.Single(), Does.Contain("already runs 'web:2': nothing to roll back"));
    }

    [Test]
    public async Task A_named_revision_that_is_not_active_is_refused()
    {
        service.Definitions["web:1"] = new LiveTaskDefinition(OldRevision, """{ "family": "web", "status": "INACTIVE", "containerDefinitions": [] }""");

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => RollBackAsync("web:1"));

        Assert.That(refusal!.Message, Does.Contain("is INACTIVE"));
    }

    [Test]
    public async Task A_good_revision_that_was_deregistered_is_said_and_the_one_before_it_is_taken()
    {
        Present(OtherRevision);
        History((OtherRevision, "SUCCESSFUL"), (NewRevision, "SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));
        service.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, """{ "family": "web", "status": "INACTIVE", "containerDefinitions": [] }""");

        Assert.That((await RollBackAsync())!.TaskDefinitionArn, Is.EqualTo(OldRevision));
        Assert.That(report.Entries, Has.Some.StartsWith("warning: 'web:2' was good").And.Some.Contains("INACTIVE"));
    }

    [Test]
    public async Task An_image_that_is_gone_refuses_before_anything_is_changed()
    {
        registry.Forget("old");
        History((NewRevision, "SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => RollBackAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain($"'{Host}@{Digest}' of 'web:1' is no longer in its repository"));
        Assert.That(service.Updates, Is.Empty);
    }

    [Test]
    public async Task An_image_of_another_registry_is_said_as_not_checked()
    {
        service.Definitions[OldRevision] = new LiveTaskDefinition(
            OldRevision, """{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "docker.io/library/nginx:1" }] }""");
        History((NewRevision, "SUCCESSFUL"), (OldRevision, "SUCCESSFUL"));

        await RollBackAsync();

        Assert.That(report.Facts, Has.Some.EqualTo("Image 'docker.io/library/nginx:1' is not in this account's registry: not checked."));
    }

    [Test]
    public async Task A_deployment_under_way_is_stopped_and_the_one_that_goes_back_is_followed()
    {
        service.State = Service(Rollout(pending: 1), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1));
        service.History = [new ServiceDeploymentState("arn:sd", ServiceDeploymentStatus.InProgress)];
        service.BeforeLook = look =>
        {
            if (look == 4) service.State = Service(Rollout(Before, revision: OldRevision, running: 1), Rollout(status: "ACTIVE"));
        };

        var deployment = await RollBackAsync();

        Assert.That(service.Stops, Is.EqualTo(new[] { ("arn:sd", true) }));
        Assert.That(service.Updates, Is.Empty);
        Assert.That((deployment!.DeploymentId, deployment.TaskDefinitionArn, deployment.IsRollback), Is.EqualTo((Before, OldRevision, true)));
        Assert.That((deployment.PreviousTaskDefinitionArn, deployment.ImageDigest), Is.EqualTo((NewRevision, Digest)));
        Assert.That(report.Facts, Has.Some.EqualTo("Going back from 'web:2' to 'web:1'. What changes:"));
    }

    [Test]
    public async Task A_rollback_that_does_not_begin_is_said()
    {
        service.State = Service(Rollout(pending: 1));
        service.History = [new ServiceDeploymentState("arn:sd", ServiceDeploymentStatus.InProgress)];

        Assert.That((await Assert.ThrowsAsync<SlipwayException>(() => RollBackAsync()))!.ExitCode, Is.EqualTo(ExitCode.TimedOut));
    }

    private void Present(string revision) => service.State = Service(Rollout(revision: revision, rollout: "COMPLETED", running: 1));

    private void Record(string revision, string previous) => store.Write(new DeploymentArtifact(
        DeploymentArtifact.CurrentSchema, "local", null, "us-east-1", "123456789012", "emotional-parrot", "web", revision, previous, Ours, null, false, null, Noon));

    private void History(params (string Revision, string Status)[] deployments)
    {
        service.History =
        [
            .. deployments.Select((deployment, index) => new ServiceDeploymentState(FormattableString.Invariant($"arn:sd:{index}"), deployment.Status)
            {
                CreatedAt = Noon, Target = new RevisionShare($"arn:sr:{deployment.Revision}", null, null, null),
            }),
        ];
        service.Revisions.AddRange(deployments.Select(deployment => new ServiceRevisionState($"arn:sr:{deployment.Revision}", deployment.Revision, Noon)));
    }

    private void Register(string arn, string digest) => service.Definitions[arn] = new LiveTaskDefinition(arn, $$"""
        { "family": "web", "status": "ACTIVE", "containerDefinitions": [{ "name": "web", "image": "{{Host}}@{{digest}}",
          "environment": [{ "name": "DB_PASSWORD", "value": "hunter-{{digest[^1]}}" }] }] }
        """);

    private async Task<DeploymentArtifact?> RollBackAsync(string? to = null)
    {
        var settings = TestSettings.Local;
        var made = new DeployServices(settings, store, ecs, new FakeIdentity(), report, clock);
        var cloud = new TaskDefinitionCloud(ecs, registry, new FakeIdentity());
        var work = new RollBackService(settings, store, ecs, cloud, made.CallerCheck, made.Start, report, clock).RunAsync(to, CancellationToken.None);
        await clock.RunAsync(work);
        return await work;
    }
}
