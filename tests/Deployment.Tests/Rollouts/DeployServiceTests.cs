using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.Tests.OneOffTasks;
using Slipway.Deployment.Tests.Support;
using Slipway.Deployment.Tests.TaskDefinitions;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeployServiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeService service = new();
    private readonly FakeTaskRunner runner = new();
    private readonly RecordingReport report = new();
    private readonly ArtifactStore store;
    private DeploymentSettings settings = TestSettings.Local;

    public DeployServiceTests()
    {
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped);
        store = new ArtifactStore(folder.Path, "local");
        Push(Digest);
        Render();
        service.Definitions[OldRevision] = new LiveTaskDefinition(OldRevision, """{ "family": "stream-ml-service", "containerDefinitions": [] }""");
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task A_changed_task_definition_is_registered_as_rendered_and_deployed()
    {
        var deployment = await DeployAsync();

        Assert.That(service.Registered.Single(), Is.EqualTo(store.ReadText("task-definition.json")));
        Assert.That(service.Updates.Single(), Is.EqualTo(new ServiceUpdate("emotional-parrot", "stream-ml-service-1", NewRevision, null)));
        Assert.That(deployment.DeploymentId, Is.EqualTo(Ours));
        Assert.That(deployment.TaskDefinitionArn, Is.EqualTo(NewRevision));
        Assert.That(deployment.PreviousTaskDefinitionArn, Is.EqualTo(OldRevision));
        Assert.That(deployment.ImageDigest, Is.EqualTo(Digest));
        Assert.That(deployment.NothingToDo, Is.False);
        Assert.That(store.Read<DeploymentArtifact>(), Is.EqualTo(deployment));
    }

    [Test]
    public async Task The_same_again_calls_nothing_that_changes_anything()
    {
        IsLive();

        var deployment = await DeployAsync();

        Assert.That(deployment.NothingToDo, Is.True);
        Assert.That(deployment.DeploymentId, Is.EqualTo(Ours));
        Assert.That(service.Calls, Has.None.EqualTo("Register").And.None.EqualTo("Update"));
        Assert.That(report.Facts.Single(), Does.Contain("nothing to deploy"));
    }

    [Test]
    public async Task Tasks_that_run_a_manifest_of_the_pushed_index_are_as_they_shall_be()
    {
        IsLive();
        service.Tasks[0] = Running(digest: ChildDigest);

        Assert.That((await DeployAsync()).NothingToDo, Is.True);
    }

    [Test]
    public async Task A_live_revision_whose_tasks_do_not_all_run_is_not_nothing_to_do()
    {
        IsLive();
        service.State = service.State! with { RunningCount = 0 };

        var deployment = await DeployAsync();

        Assert.That(deployment.NothingToDo, Is.False);
        Assert.That(service.Calls, Has.None.EqualTo("Register"));
        Assert.That(service.Updates, Has.Count.EqualTo(1));
        Assert.That(report.Facts.Single(), Does.Contain("was there before this run"));
    }

    [Test]
    public async Task A_live_revision_that_runs_another_image_is_not_nothing_to_do()
    {
        IsLive();
        service.Tasks[0] = Running(digest: OtherDigest);

        Assert.That((await DeployAsync()).NothingToDo, Is.False);
        Assert.That(service.Updates.Single().ForceNewDeployment, Is.True, "ECS would start no other task of it");
    }

    [TestCase("FAILED", 0)]
    [TestCase("IN_PROGRESS", 3)]
    public async Task A_deployment_that_did_not_come_up_is_followed_by_another_one_of_the_same_revision(string rollout, int failures)
    {
        IsLive();
        service.State = Service(Rollout(rollout: rollout), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1));
        service.Tasks.Clear();
        service.Tasks.AddRange(Enumerable.Range(0, failures).Select(index => Stopped($"task{index}", "Essential container in task exited", exitCode: 1)));

        var deployment = await DeployAsync();

        Assert.That(service.Updates.Single(), Is.EqualTo(new ServiceUpdate("emotional-parrot", "stream-ml-service-1", NewRevision, null) { ForceNewDeployment = true }));
        Assert.That((deployment.DeploymentId, deployment.PreviousTaskDefinitionArn), Is.EqualTo((Other, OldRevision)));
        Assert.That(report.Facts.Single(), Does.Contain("the one before did not come up"));
    }

    [Test]
    public async Task A_deployment_that_may_still_come_up_is_joined()
    {
        IsLive();
        service.State = Service(Rollout(pending: 1));
        service.Tasks.Clear();
        service.Tasks.Add(Stopped("task1", "Essential container in task exited", exitCode: 1));

        var deployment = await DeployAsync();

        Assert.That(service.Updates.Single().ForceNewDeployment, Is.False);
        Assert.That(deployment.DeploymentId, Is.EqualTo(Ours));
    }

    [Test]
    public async Task Another_desired_count_is_deployed_without_a_new_revision()
    {
        IsLive();
        settings = settings with { DesiredCount = 3 };

        var deployment = await DeployAsync();

        Assert.That(deployment.NothingToDo, Is.False);
        Assert.That(service.Updates.Single().DesiredCount, Is.EqualTo(3));
        Assert.That(service.Calls, Has.None.EqualTo("Register"));
    }

    [Test]
    public async Task A_revision_that_an_interrupted_run_registered_is_used()
    {
        service.Definitions[NewRevision] = service.Definitions["stream-ml-service"] =
            new LiveTaskDefinition(NewRevision, store.ReadText("task-definition.json"));

        var deployment = await DeployAsync();

        Assert.That(deployment.TaskDefinitionArn, Is.EqualTo(NewRevision));
        Assert.That(service.Calls, Has.None.EqualTo("Register"));
        Assert.That(report.Facts[0], Does.Contain("not registered again"));
    }

    [Test]
    public async Task A_deployment_that_a_killed_run_began_keeps_what_it_would_be_rolled_back_to()
    {
        await DeployAsync();
        service.State = service.State! with { Deployments = [service.State.Primary!] };

        var joined = await DeployAsync();

        Assert.That(joined.DeploymentId, Is.EqualTo(Ours));
        Assert.That(joined.PreviousTaskDefinitionArn, Is.EqualTo(OldRevision));
    }

    [Test]
    public async Task While_another_deployment_is_under_way_the_last_good_revision_is_the_previous_one()
    {
        service.State = Service(
            Rollout(Other, revision: OtherRevision), Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1));

        var deployment = await DeployAsync();

        Assert.That(deployment.PreviousTaskDefinitionArn, Is.EqualTo(OldRevision));
    }

    [Test]
    public async Task Credentials_of_another_account_are_refused_before_anything_is_asked()
    {
        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync(account: "210987654321"));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain("210987654321").And.Contain("123456789012").And.Contain("local"));
        Assert.That(service.Calls, Is.Empty);
    }

    [Test]
    public async Task A_service_that_does_not_exist_is_refused_with_a_remedy()
    {
        service.State = null;

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain("'stream-ml-service-1' does not exist in cluster 'emotional-parrot', region us-east-1"));
        Assert.That(refusal.Remedy, Does.Contain("--target=Settings"));
    }

    [TestCase("INACTIVE", "ECS", "INACTIVE")]
    [TestCase("DRAINING", "ECS", "DRAINING")]
    [TestCase("ACTIVE", "CODE_DEPLOY", "CODE_DEPLOY")]
    public async Task A_service_that_cannot_be_deployed_to_is_refused(string status, string controller, string words)
    {
        service.State = service.State! with { Status = status, Controller = controller };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain(words));
        Assert.That(service.Calls, Has.None.EqualTo("Register"));
    }

    [Test]
    public async Task A_rendered_file_that_was_edited_is_refused()
    {
        store.WriteText("task-definition.json", TestDocuments.Shipped);

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.Message, Does.Contain("was changed after RenderTaskDef"));
        Assert.That(refusal.Remedy, Does.Contain("--target=RenderTaskDef --environment=local"));
    }

    [Test]
    public async Task A_rendered_file_from_before_the_last_push_is_refused()
    {
        Push(OtherDigest);

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.Message, Does.Contain("was pushed since"));
    }

    [Test]
    public async Task A_passing_error_is_shown_as_a_failure()
    {
        service.FailNextLooks(1, () => new TransientServiceException("failed to describe service 'x': 503", false, "try again", null));

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That((refusal!.Message, refusal.Remedy), Is.EqualTo(("failed to describe service 'x': 503", "try again")));
    }

    [Test]
    public async Task A_service_deployment_of_before_the_update_is_not_taken_for_ours()
    {
        service.State = service.State! with { ServiceDeploymentArn = "arn:old" };

        Assert.That((await DeployAsync()).ServiceDeploymentArn, Is.Null);
    }

    [Test]
    public async Task An_existing_revision_is_deployed_and_nothing_is_registered()
    {
        service.Definitions["web:3"] = service.Definitions[OtherRevision] = new LiveTaskDefinition(OtherRevision, TestDocuments.Shipped);
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Revision("web:3") };
        Render();

        var deployment = await DeployAsync();

        Assert.That(deployment.TaskDefinitionArn, Is.EqualTo(OtherRevision));
        Assert.That(service.Updates.Single().TaskDefinitionArn, Is.EqualTo(OtherRevision));
        Assert.That(service.Calls, Has.None.EqualTo("Register"));
        Assert.That(store.Exists("task-definition.json"), Is.False);
    }

    [Test]
    public async Task An_existing_revision_that_is_live_is_nothing_to_do()
    {
        IsLive();
        service.Definitions["web:2"] = service.Definitions[NewRevision];
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Revision("web:2") };
        Render();

        Assert.That((await DeployAsync()).NothingToDo, Is.True);
        Assert.That(service.Calls, Has.None.EqualTo("Register").And.None.EqualTo("Update"));
    }

    [Test]
    public async Task What_was_rendered_of_another_source_is_refused()
    {
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Live() };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.Message, Is.EqualTo("The task definition was made of 'infra/ecs-task-def.json', but 'live' is set now."));
        Assert.That(refusal.Remedy, Does.Contain("--target=RenderTaskDef"));
    }

    [Test]
    public async Task A_live_revision_that_was_replaced_since_is_refused()
    {
        service.Definitions[OldRevision] = service.Definitions[OtherRevision] = new LiveTaskDefinition(OldRevision, TestDocuments.Shipped);
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Live() };
        Render();
        service.State = service.State! with { TaskDefinitionArn = OtherRevision };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.Message, Is.EqualTo("The task definition was rendered from 'web:1', but service 'web' has 'web:3' since."));
        Assert.That(service.Calls, Has.None.EqualTo("Register"));
    }

    [Test]
    public async Task The_callers_account_is_checked_where_none_is_pinned()
    {
        settings = settings with { AccountId = null };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync(account: "210987654321"));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.Contain("executionRoleArn").And.Contain("210987654321"));
        Assert.That(service.Calls, Has.None.EqualTo("Register").And.None.EqualTo("Update"));
    }

    [TestCase("stream-ml-service", 9000)]
    [TestCase("web", 8000)]
    public async Task A_load_balancer_that_the_document_does_not_serve_refuses_before_anything_is_changed(string container, int port)
    {
        service.State = service.State! with { LoadBalancers = [new LoadBalancerState("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/1", container, port)] };

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.Contain("load balancer").IgnoreCase);
        Assert.That(service.Calls, Has.None.EqualTo("Register").And.None.EqualTo("Update"));
    }

    [Test]
    public async Task A_pre_deploy_task_of_the_new_revision_comes_before_the_update()
    {
        GateWith(exitCode: 0);

        await DeployAsync();

        Assert.That(runner.Started.Single().TaskDefinitionArn, Is.EqualTo(NewRevision));
        Assert.That(service.Calls.Where(call => call != "FindService"), Is.EqualTo(new[] { "Register", "Update" }));
    }

    [Test]
    public async Task A_pre_deploy_task_that_fails_leaves_the_service_untouched()
    {
        GateWith(exitCode: 1);

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => DeployAsync());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(service.Updates, Is.Empty);
        Assert.That(store.Exists("deployment.json"), Is.False);
    }

    [Test]
    public async Task A_revision_that_the_service_has_already_needs_no_pre_deploy_task()
    {
        IsLive();
        GateWith(exitCode: 1);
        settings = settings with { DesiredCount = 3 };

        await DeployAsync();

        Assert.That(runner.Started, Is.Empty);
        Assert.That(service.Updates, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_somebody_else_deployed_during_the_pre_deploy_task_is_said_and_replaced()
    {
        GateWith(exitCode: 0);
        service.BeforeLook = look =>
        {
            if (look == 2) service.State = Service(Rollout(Other, rollout: "COMPLETED", revision: OtherRevision, running: 1));
        };

        var deployment = await DeployAsync();

        Assert.That(report.Entries, Has.Some.StartsWith("warning: While the pre-deploy task ran, somebody else deployed 'web:3'"));
        Assert.That(deployment.PreviousTaskDefinitionArn, Is.EqualTo(OtherRevision));
    }

    private void GateWith(int exitCode)
    {
        settings = settings with { OneOffTask = new OneOffTaskSettings { Command = ["migrate"], Container = "stream-ml-service" } };
        var ended = FakeTaskRunner.Of("STOPPED");
        runner.Then(ended with { Containers = [new ContainerState("stream-ml-service", null, null, "STOPPED", exitCode, null, null)] });
    }

    private void IsLive()
    {
        service.Definitions[NewRevision] = new LiveTaskDefinition(NewRevision, store.ReadText("task-definition.json"));
        service.State = Service(Rollout(rollout: "COMPLETED", running: 1));
        service.Tasks.Add(Running());
    }

    private void Push(string digest) => store.Write(new ImageArtifact(
        ImageArtifact.CurrentSchema, "local", null, "stream-ml-service", "tag", digest, $"127.0.0.1:4570/stream-ml-service@{digest}", "linux/amd64", null));

    private void Render() => new RenderTaskDefinition(
            settings, store, new(() => new TaskDefinitionCloud(service, new FakeImageRegistry(), new FakeIdentity("123456789012"))), _ => null, new RecordingReport())
        .RunAsync(CancellationToken.None).GetAwaiter().GetResult();

    private async Task<DeploymentArtifact> DeployAsync(string account = "123456789012")
    {
        var clock = new WaitedClock(Noon);
        var work = new DeployServices(settings, store, service, new FakeIdentity(account), report, clock) { Runner = runner }
            .DeployService.RunAsync(CancellationToken.None);
        await clock.RunAsync(work);
        return await work;
    }
}
