using Slipway.Deployment.Planning;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;

namespace Slipway.Deployment.Tests.Planning;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PlanDeploymentTests
{
    private readonly PlannedWorld _world = new();

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public async Task A_changed_image_is_built_pushed_registered_and_deployed()
    {
        await _world.DeployAsync();
        _world.Folder.Write("src/App/Program.cs", "class Program { }");

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Problems, Is.Empty);
            Assert.That(plan.Image, Is.EqualTo(new ImagePlan(ImageChange.Build, plan.Image!.Name, null, "sdk", "linux/amd64")));
            Assert.That(plan.TaskDefinition!.Change, Is.EqualTo(TaskDefinitionChange.Register));
            Assert.That((plan.TaskDefinition.Live, plan.TaskDefinition.Wanted), Is.EqualTo(("web:2", "stream-ml-service:1")));
            Assert.That(plan.TaskDefinition.Differences.Select(difference => difference.Path), Is.EqualTo(new[] { "containerDefinitions[stream-ml-service].image" }));
            Assert.That(plan.TaskDefinition.Differences[0].After, Does.Contain("(digest known after the push)"));
            Assert.That(plan.Service!.IsUpdated);
            Assert.That(Writes(plan), Is.EqualTo(new[] { "registry:PutBlob", "registry:PutManifest", "ecs:RegisterTaskDefinition", "ecs:UpdateService" }));
            Assert.That(plan.ExitCode(detailed: true), Is.EqualTo(ExitCode.ChangesPending));
            Assert.That(plan.ExitCode(detailed: false), Is.EqualTo(ExitCode.Done));
        });
    }

    [Test]
    public async Task A_repository_that_would_be_made_is_told_and_not_made()
    {
        _world.Registry.Exists = false;
        _world.Settings = _world.Settings with { CreatesRepository = true };

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Problems, Is.Empty);
            Assert.That(_world.Registry.Made, Is.Null);
            Assert.That(Writes(plan), Is.EqualTo(new[]
            {
                "ecr:CreateRepository", "ecr:PutLifecyclePolicy", "registry:PutBlob", "registry:PutManifest", "ecs:RegisterTaskDefinition", "ecs:UpdateService",
            }));
        });
    }

    [Test]
    public async Task A_changed_variable_is_registered_and_deployed_with_the_image_that_is_there()
    {
        await _world.DeployAsync();
        var file = _world.Folder.Combine("infra/ecs-task-def.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"Production\"", "\"Staging\"", StringComparison.Ordinal));

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That((plan.Image!.Change, plan.Image.Digest), Is.EqualTo((ImageChange.Present, _world.Builder.Present.Single())));
            Assert.That(plan.TaskDefinition!.Differences.Single().ToString(), Does.Contain("\"Production\" → \"Staging\""));
            Assert.That(Writes(plan), Is.EqualTo(new[] { "ecs:RegisterTaskDefinition", "ecs:UpdateService" }));
        });
    }

    [Test]
    public async Task A_pre_deploy_task_is_told_and_not_run()
    {
        _world.Settings = _world.Settings with { OneOffTask = new OneOffTaskSettings { Command = ["migrate", "--password=hunter2"] } };

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Problems, Is.Empty);
            Assert.That(Writes(plan).TakeLast(3), Is.EqualTo(new[] { "ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:UpdateService" }));
            Assert.That(plan.Calls.Single(call => call.Operation == "ecs:RunTask").What, Is.EqualTo("task definition stream-ml-service:1, container stream-ml-service"));
            Assert.That(PlanWords.Verdict(plan), Does.Contain("run the pre-deploy task, update service"));
            Assert.That(_world.Runner.Started, Is.Empty);
        });
    }

    [Test]
    public async Task Where_nothing_changed_there_is_nothing_to_do()
    {
        await _world.DeployAsync();

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.HasChanges, Is.False);
            Assert.That(plan.ExitCode(detailed: true), Is.EqualTo(ExitCode.Done));
            Assert.That(plan.TaskDefinition!.Change, Is.EqualTo(TaskDefinitionChange.Unchanged));
            Assert.That(PlanWords.Verdict(plan), Is.EqualTo("Nothing to do: Deploy would change nothing."));
        });
    }

    [Test]
    public async Task Without_a_live_service_the_rest_is_planned_and_deploy_would_fail()
    {
        _world.Service.State = null;

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Problems.Single().Message, Does.Contain("does not exist"));
            Assert.That(plan.Problems[0].Target, Is.EqualTo("DeployEcs"));
            Assert.That(plan.ExitCode(detailed: true), Is.EqualTo(ExitCode.PreconditionFailed));
            Assert.That(plan.Image!.Change, Is.EqualTo(ImageChange.Build));
            Assert.That(PlanWords.TaskDefinition(plan).Text, Does.Contain("because DeployEcs would fail"));
            Assert.That(PlanWords.Service(plan).Single(), Is.EqualTo((PlanMark.Unknown, "Not known, because DeployEcs would fail.")));
        });
    }

    [Test]
    public async Task Without_rights_every_refusal_is_told_at_once()
    {
        _world.Registry.Failure = new SlipwayException(ExitCode.PreconditionFailed, "no right to ecr", "allow it");
        _world.Caller.Failure = new SlipwayException(ExitCode.PreconditionFailed, "no right to sts", "allow it");
        _world.Service.State = null;
        _world.Folder.Write("infra/ecs-task-def.json", "{}");

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Problems.Select(problem => problem.Target), Is.EqualTo(new[] { "EcrLogin", "RenderTaskDef", "DeployEcs", "DeployEcs" }));
            Assert.That(plan.ExitCode(detailed: false), Is.EqualTo(ExitCode.PreconditionFailed), "the first problem's");
            Assert.That(plan.Findings, Is.Not.Empty);
            Assert.That(PlanWords.Verdict(plan), Is.EqualTo("Deploy would fail: there are 4 problems."));
        });
    }

    [Test]
    public async Task Errors_in_the_task_definition_are_all_shown_with_their_places()
    {
        _world.Folder.Write("infra/ecs-task-def.json", """{ "family": "a b", "containerDefinitions": [] }""");

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.ExitCode(detailed: true), Is.EqualTo(ExitCode.InvalidInput));
            Assert.That(plan.Findings, Has.Count.GreaterThan(1));
            Assert.That(plan.Findings, Has.All.Property("File").EqualTo("infra/ecs-task-def.json"));
        });
    }

    [Test]
    public async Task A_plan_leaves_everything_as_it_was()
    {
        await _world.DeployAsync();
        _world.Folder.Write("src/App/Program.cs", "class Program { }");
        var before = (Files: _world.Artifacts(), Builds: _world.Builder.Requests.Count, Pushes: _world.Pusher.Pushes.Count, Changes: Changes());

        await _world.PlanAsync();

        Assert.That(_world.Artifacts(), Is.EqualTo(before.Files));
        Assert.That((_world.Builder.Requests.Count, _world.Pusher.Pushes.Count, Changes()), Is.EqualTo((before.Builds, before.Pushes, before.Changes)));
        Assert.That(Directory.EnumerateFileSystemEntries(_world.Folder.Combine("artifacts/plan/local")), Is.Empty);
    }

    [Test]
    public async Task What_was_planned_is_what_is_done()
    {
        await _world.DeployAsync();
        _world.Folder.Write("src/App/Program.cs", "class Program { }");
        var plan = await _world.PlanAsync();
        var before = Changes();

        await _world.DeployAsync();

        Assert.That(_world.Pusher.Pushes[^1].Tag, Is.EqualTo(plan.Image!.Name.Split(':')[1]));
        Assert.That(Changes() - before, Is.EqualTo(Writes(plan).Count(call => call.StartsWith("ecs:", StringComparison.Ordinal))));
        Assert.That(_world.Service.Updates[^1].DesiredCount, Is.EqualTo(_world.Settings.DesiredCount));
    }

    [Test]
    public async Task Neither_the_login_nor_the_digest_that_stands_in_nor_a_place_on_this_machine_is_ever_written()
    {
        _world.Settings = _world.Settings with { Rebuild = true };

        var plan = await _world.PlanAsync();

        foreach (var text in new[] { PlanJson.Write(plan), PlanMarkdown.Write(plan), string.Join('\n', _world.Report.Entries) })
            Assert.That(text, Does.Not.Contain(PendingDigest.Value).And.Not.Contain("s3cr3t").And.Not.Contain(_world.Folder.Path));
    }

    [Test]
    public async Task A_deployment_that_is_under_way_is_a_warning()
    {
        _world.Service.State = Given.Service(Given.Rollout(Given.Other, running: 1, desired: 3)) with { Name = "stream-ml-service-1" };

        var plan = await _world.PlanAsync();

        Assert.That(plan.Warnings, Is.EqualTo(new[] { "Deployment 'ecs-svc/3333' of 'web:2' is under way: 1 of 3 tasks run, 0 failed." }));
    }

    [Test]
    public async Task A_tag_that_cannot_be_written_again_is_a_warning_and_not_a_failure_that_may_not_come()
    {
        _world.Registry.ImmutableTags = true;
        await _world.DeployAsync();
        _world.Settings = _world.Settings with { Rebuild = true };

        var plan = await _world.PlanAsync();

        Assert.That(plan.Problems, Is.Empty);
        Assert.That(plan.Warnings.Single(), Does.Contain("cannot be written again"));
    }

    [Test]
    public async Task With_an_image_that_is_given_nothing_is_built_and_no_login_is_asked_for()
    {
        _world.Registry.Put("v1", Given.Digest);
        _world.Settings = _world.Settings with { Image = $"{_world.Registry.Host}/stream-ml-service:v1" };

        var plan = await _world.PlanAsync();

        Assert.That((plan.Image!.Change, plan.Image.Digest), Is.EqualTo((ImageChange.Given, Given.Digest)));
        Assert.That(plan.Calls.Select(call => call.Operation), Has.None.EqualTo("ecr:GetAuthorizationToken"));
    }

    [Test]
    public async Task With_a_revision_that_is_named_nothing_is_built_rendered_or_registered()
    {
        _world.Registry.Put("old", Given.OtherDigest);
        await _world.DeployAsync();
        _world.Settings = _world.Settings with { TaskDefinition = new TaskDefinitionSource.Revision(Given.OldRevision) };

        var plan = await _world.PlanAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Problems, Is.Empty);
            Assert.That(plan.Image, Is.Null);
            Assert.That((plan.TaskDefinition!.Change, plan.TaskDefinition.Wanted), Is.EqualTo((TaskDefinitionChange.Existing, "web:1")));
            Assert.That(plan.TaskDefinition.Differences, Is.Not.Empty);
            Assert.That(Writes(plan), Is.EqualTo(new[] { "ecs:UpdateService" }));
        });
    }

    [Test]
    public async Task Only_settings_that_are_set_and_no_defaults_are_shown()
    {
        var plan = await _world.PlanAsync();

        Assert.That(plan.Settings.Select(setting => setting.Name), Is.EqualTo(new[] { "cluster", "AWS_SECRET_ACCESS_KEY" }));
    }

    private int Changes() => _world.Service.Calls.Count(call => call is "Register" or "Update");

    private static IReadOnlyList<string> Writes(DeploymentPlan plan) => [.. plan.Calls.Where(call => call.Writes).Select(call => call.Operation)];
}
