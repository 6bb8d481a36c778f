using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.TaskDefinitions.Rendering;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RenderTaskDefinitionTests : IDisposable, ICallerIdentity
{
    private readonly TemporaryFolder folder = new();
    private readonly RecordingReport report = new();
    private readonly FakeService service = new();
    private readonly FakeImageRegistry registry = new();
    private readonly ArtifactStore store;
    private DeploymentSettings settings = TestSettings.Local;
    private int identified;

    public RenderTaskDefinitionTests() => store = new ArtifactStore(folder.Path, "local");

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_rendered_document_and_its_record_are_written()
    {
        Push();
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped);

        var artifact = Render();

        Assert.That(store.ReadText("task-definition.json"), Is.EqualTo(TestDocuments.Golden("shipped.rendered.json")));
        Assert.That(artifact.Image, Is.EqualTo(TestDocuments.Image));
        Assert.That(artifact.Family, Is.EqualTo("stream-ml-service"));
        Assert.That(artifact.Fingerprint, Is.EqualTo("f1"));
        Assert.That(store.Read<TaskDefinitionArtifact>(), Is.EqualTo(artifact));
        Assert.That(report.Facts.Single(), Does.Contain(TestDocuments.Image));
    }

    [Test]
    public void Without_a_pushed_image_the_target_to_run_is_named()
    {
        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Remedy, Does.Contain("--target=Push"));
    }

    [Test]
    public void A_missing_task_definition_is_named()
    {
        Push();

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.Contain("'infra/ecs-task-def.json' does not exist"));
    }

    [Test]
    public void A_placeholder_stops_before_anything_is_written()
    {
        Push();
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped.Replace("role/ecsTaskExecutionRole", "role/REPLACE_ME", StringComparison.Ordinal));

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.Message, Does.Contain("infra/ecs-task-def.json:11:23: executionRoleArn: A placeholder REPLACE_ME is left"));
        Assert.That(store.Exists("task-definition.json"), Is.False);
    }

    [Test]
    public void Broken_json_is_a_finding_on_its_line()
    {
        Push();
        folder.Write("infra/ecs-task-def.json", "{\n  \"family\": \"x\",\n}");

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.Message, Does.Contain("infra/ecs-task-def.json:3:1"));
        Assert.That(report.Findings.Select(finding => (finding.File, finding.Line)), Is.EqualTo(new[] { ("infra/ecs-task-def.json", (int?)3) }));
    }

    [Test]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Push();
        Directory.CreateDirectory(folder.Combine("infra/ecs-task-def.json"));

        Assert.That(Assert.Throws<SlipwayException>(() => Render())!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
    }

    [Test]
    public void Placeholders_are_filled_from_the_deployment_and_from_the_run()
    {
        Push();
        settings = settings with { AccountId = null };
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped
            .Replace("iam::123456789012:", "iam::${account}:", StringComparison.Ordinal)
            .Replace("\"us-east-1\"", "\"${region}\"", StringComparison.Ordinal)
            .Replace("\"Production\"", "\"${STAGE:?name the stage}\"", StringComparison.Ordinal));

        Render(name => name == "STAGE" ? "Production" : null);

        Assert.That(store.ReadText("task-definition.json"), Is.EqualTo(TestDocuments.Golden("shipped.rendered.json")));
        Assert.That(identified, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_placeholder_for_it_the_account_is_not_asked_for()
    {
        Push();
        settings = settings with { AccountId = null };
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped);

        Render();

        Assert.That(identified, Is.Zero);
    }

    [Test]
    public void A_variable_that_is_not_set_is_one_problem_at_its_line_and_nothing_is_written()
    {
        Push();
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped.Replace("arn:aws:iam::123456789012:role/ecsTaskExecutionRole", "${ROLE}", StringComparison.Ordinal));

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.Message.Split('\n'), Has.Length.EqualTo(2), refusal.Message);
        Assert.That(refusal.Message, Does.Contain("infra/ecs-task-def.json:11:23: executionRoleArn: The variable 'ROLE' is not set."));
        Assert.That(store.Exists("task-definition.json"), Is.False);
    }

    [Test]
    public void What_a_setting_breaks_is_told_with_the_setting()
    {
        Push();
        folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped);
        settings = settings with { Changes = new() { Memory = new("768", "infra/environments/local.json:7:13") } };

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.Message, Does.Contain("  infra/environments/local.json:7:13: memory: "));
    }

    [Test]
    public void The_live_revision_gets_the_image_and_keeps_the_rest()
    {
        Push();
        IsLive(TestDocuments.Golden("shipped.answered.json"));

        var artifact = Render();

        Assert.That(artifact, Has.Property("Source").EqualTo("live").And.Property("Revision").EqualTo(Given.OldRevision));
        Assert.That(store.ReadText("task-definition.json"), Does.Contain(TestDocuments.Image).And.Not.Contain("registeredAt").And.Not.Contain("requiresAttributes"));
        Assert.That(report.Facts.Single(), Does.StartWith("Rendered 'web:1' with image"));
    }

    [Test]
    public void A_live_revisions_own_faults_are_warnings_and_its_dollars_stay()
    {
        Push();
        IsLive(TestDocuments.Shipped.Replace("\"memory\": \"512\"", "\"memory\": \"768\"", StringComparison.Ordinal).Replace("Production", "${HOME}", StringComparison.Ordinal));

        Render();

        Assert.That(report.Entries, Has.Some.StartsWith("warning: web:1: memory: "));
        Assert.That(store.ReadText("task-definition.json"), Does.Contain("${HOME}"));
    }

    [Test]
    public void What_a_change_breaks_in_a_live_revision_is_refused()
    {
        Push();
        IsLive(TestDocuments.Shipped);
        settings = settings with { Changes = new() { Memory = new("768", "--memory") } };

        Assert.That(Assert.Throws<SlipwayException>(() => Render())!.Message, Does.Contain("  --memory: memory: "));
    }

    [Test]
    public void Tags_that_AWS_set_are_left_out_of_a_live_revision()
    {
        Push();
        IsLive(TestDocuments.Shipped.Replace("\"cpu\": \"256\",", "\"cpu\": \"256\", \"tags\": [{ \"key\": \"aws:cloudformation:stack-name\", \"value\": \"x\" }, { \"key\": \"team\", \"value\": \"ml\" }],", StringComparison.Ordinal));

        Render();

        Assert.That(store.ReadText("task-definition.json"), Does.Contain("\"team\"").And.Not.Contain("cloudformation"));
        Assert.That(report.Details, Has.Some.Contains("AWS set the tag 'aws:cloudformation:stack-name' itself"));
    }

    [Test]
    public void Without_a_live_revision_to_start_from_the_way_out_is_named()
    {
        Push();
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Live() };

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain("has no task definition to start from"));
        Assert.That(refusal.Remedy, Does.Contain("--task-definition=infra/ecs-task-def.json"));
    }

    [Test]
    public void An_existing_revision_is_looked_up_and_not_rendered()
    {
        store.WriteText("task-definition.json", "of an earlier run");
        IsRevision(TestDocuments.Golden("shipped.rendered.json"));
        settings = settings with { Changes = new() { Cpu = new("512", "infra/environments/local.json:3:4") } };

        var artifact = Render();

        Assert.That(artifact.Revision, Is.EqualTo(Given.OldRevision));
        Assert.That(artifact.Digest, Is.EqualTo(TestDocuments.Digest));
        Assert.That((artifact.Image, artifact.Sha256, artifact.Fingerprint), Is.EqualTo(((string?)null, (string?)null, (string?)null)));
        Assert.That(store.Exists("task-definition.json"), Is.False);
        Assert.That(report.Facts, Is.EqualTo(new[]
        {
            "Nothing to render: the revision 'web:1' is deployed as it is.", "The settings 'cpu' of the environment's file are not applied to it.",
        }));
    }

    [TestCase("INACTIVE")]
    [TestCase("DELETE_IN_PROGRESS")]
    public void A_revision_that_ECS_would_not_deploy_is_refused(string status)
    {
        IsRevision(TestDocuments.Shipped.Replace("\"cpu\": \"256\",", $"\"cpu\": \"256\", \"status\": \"{status}\",", StringComparison.Ordinal));

        var refusal = Assert.Throws<SlipwayException>(() => Render());

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Does.Contain($"'web:1' is {status}"));
    }

    [Test]
    public void A_revision_that_does_not_exist_is_refused_with_the_command_that_lists_them()
    {
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Revision("web:9") };

        Assert.That(Assert.Throws<SlipwayException>(() => Render())!.Remedy, Does.Contain("--family-prefix web"));
    }

    private void Push() => store.Write(new ImageArtifact(
        ImageArtifact.CurrentSchema, "local", "f1", "stream-ml-service", "tag", TestDocuments.Digest, TestDocuments.Image, "linux/amd64", null));

    private TaskDefinitionArtifact Render(Func<string, string?>? variable = null) =>
        new RenderTaskDefinition(settings, store, new(() => new TaskDefinitionCloud(service, registry, this)), variable ?? (_ => null), report)
            .RunAsync(CancellationToken.None).GetAwaiter().GetResult();

    private void IsLive(string json)
    {
        service.Definitions[Given.OldRevision] = new LiveTaskDefinition(Given.OldRevision, json);
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Live() };
    }

    private void IsRevision(string json)
    {
        service.Definitions["web:1"] = new LiveTaskDefinition(Given.OldRevision, json);
        settings = settings with { TaskDefinition = new TaskDefinitionSource.Revision("web:1") };
    }

    Task<Caller> ICallerIdentity.GetAsync(CancellationToken cancellationToken)
    {
        identified++;
        return Task.FromResult(new Caller("123456789012", "arn:aws:iam::123456789012:user/x"));
    }
}
