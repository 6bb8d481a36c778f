using Slipway.Deployment.Artifacts;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.TaskDefinitions.Rendering;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RenderTaskDefinitionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RecordingReport report = new();
    private readonly ArtifactStore store;

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
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Push();
        Directory.CreateDirectory(folder.Combine("infra/ecs-task-def.json"));

        Assert.That(Assert.Throws<SlipwayException>(() => Render())!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
    }

    private void Push() => store.Write(new ImageArtifact(
        ImageArtifact.CurrentSchema, "local", "f1", "stream-ml-service", "tag", TestDocuments.Digest, TestDocuments.Image, "linux/amd64", null));

    private TaskDefinitionArtifact Render() => new RenderTaskDefinition(TestSettings.Local, store, report).Run();
}
