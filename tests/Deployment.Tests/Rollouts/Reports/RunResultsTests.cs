using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Rollouts.Reports;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunResultsTests : IDisposable
{
    private const string Built = "sha256:4444444444444444444444444444444444444444444444444444444444444444";

    private static readonly DeploymentArtifact Deployment = new(
        DeploymentArtifact.CurrentSchema, "production", "f1", "us-east-1", "123456789012", "parrot", "web", Given.NewRevision, Given.OldRevision, Given.Ours, null, false,
        Given.Digest, Given.Noon);

    private readonly TemporaryFolder folder = new();
    private readonly ArtifactStore store;

    public RunResultsTests() => store = new ArtifactStore(folder.Path, "production");

    private RunResults Results => new(store, DateTimeOffset.UnixEpoch);

    public void Dispose() => folder.Dispose();

    [Test]
    public void Outputs_grow_with_the_run()
    {
        Assert.That(Results.Outputs(), Is.Empty);

        Push();
        Assert.That(Results.Outputs().Select(output => output.Key), Is.EqualTo(new[] { "image", "digest" }));

        store.Write(Deployment);
        Assert.That(Results.Outputs().Select(output => $"{output.Key}={output.Value}"), Is.EqualTo(new[]
        {
            $"image=registry.test/web@{Given.Digest}", $"digest={Given.Digest}", $"task-definition-arn={Given.NewRevision}", $"deployment-id={Given.Ours}",
        }));

        End("rolled-back");
        Assert.That(Results.Outputs().Last(), Is.EqualTo(KeyValuePair.Create("verdict", "rolled-back")));
    }

    [Test]
    public void What_an_earlier_run_left_is_no_result()
    {
        Push();
        store.Write(Deployment);
        End("succeeded");

        Assert.That(new RunResults(store, DateTimeOffset.MaxValue).Outputs(), Is.Empty);
        Assert.That(DeployedMarkdown.Write(new RunResults(store, DateTimeOffset.MaxValue), null, []), Is.Null);
    }

    [Test]
    public void A_wait_that_was_resumed_tells_what_it_followed()
    {
        End("succeeded");

        Assert.That(Results.Outputs().Select(output => output.Key), Is.EqualTo(new[] { "digest", "task-definition-arn", "deployment-id", "verdict" }));
    }

    [Test]
    public void The_page_has_the_chain_of_digests_and_what_changed()
    {
        Push();
        store.Write(Deployment);
        End("succeeded");

        var page = DeployedMarkdown.Write(
            Results, [new Difference("containerDefinitions[web].cpu", "256", "512")], [new ReportLink("service", "https://a"), new ReportLink("log group /ecs/web", "https://b")])!;

        Assert.That(page, Does.StartWith("### What was deployed\n"));
        Assert.That(page, Does.Contain($"| Digests | built {Built} (sdk) → pushed {Given.Digest} → task definition {Given.Digest} → running {Given.Digest} |"));
        Assert.That(page, Does.Contain($"| Task definition | {Given.NewRevision}, before: web:1 |"));
        Assert.That(page, Does.Contain("### What changed in the task definition\n").And.Contain("```diff\n  containerDefinitions[web].cpu\n- 256\n+ 512\n```"));
        Assert.That(page, Does.Contain("- [log group /ecs/web](https://b)").And.Not.Contain("https://a"), "the rollout's part has its links already");
    }

    [Test]
    public void A_run_that_ended_after_the_push_tells_the_push()
    {
        Push();

        Assert.That(DeployedMarkdown.Write(Results, null, []), Does.StartWith("### What was pushed\n").And.Not.Contain("Task definition").And.Not.Contain("changed"));
    }

    [Test]
    public void Nothing_to_do_changes_nothing()
    {
        store.Write(Deployment with { NothingToDo = true });

        Assert.That(DeployedMarkdown.Write(Results, [], []), Does.Contain($"| Deployment | {Given.Ours}, which was live already |").And.Not.Contain("changed"));
    }

    [Test]
    public void Log_groups_of_the_rendered_document_are_linked_once_in_their_region()
    {
        End("succeeded");
        store.Write(new TaskDefinitionArtifact(TaskDefinitionArtifact.CurrentSchema, "production", "f1", "file", "infra/ecs-task-def.json", null, "web", "i", null, "s"));
        store.WriteText("task-definition.json", """
            {"containerDefinitions":[{"name":"a","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web","awslogs-region":"eu-west-1"}}},
            {"name":"b","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web","awslogs-region":"eu-west-1"}}},{"name":"c"}]}
            """);

        Assert.That(Results.Links(null), Is.EqualTo(new[]
        {
            new ReportLink("service", "https://a"),
            new ReportLink("log group /ecs/web", "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fecs$252Fweb"),
        }));
        Assert.That(Results.Links("http://127.0.0.1:4570/"), Has.Count.EqualTo(1), "the embedded cloud has one page for everything");
    }

    [Test]
    public async Task Revisions_are_compared_as_ECS_has_them()
    {
        var service = new FakeService();
        var changes = new RevisionChanges(service, TimeProvider.System);
        Assert.That(await changes.FindAsync(Deployment, default), Is.Null, "ECS has neither");

        service.Definitions[Given.OldRevision] = new LiveTaskDefinition(Given.OldRevision, """{"family":"web","cpu":"256"}""");
        service.Definitions[Given.NewRevision] = new LiveTaskDefinition(Given.NewRevision, """{"family":"web","cpu":"512"}""");
        Assert.That((await changes.FindAsync(Deployment, default))!.Single().Path, Is.EqualTo("cpu"));
        Assert.That(await changes.FindAsync(Deployment with { PreviousTaskDefinitionArn = null }, default), Is.Null);
        Assert.That(await changes.FindAsync(Deployment with { PreviousTaskDefinitionArn = Given.NewRevision }, default), Is.Empty);
    }

    private void Push()
    {
        store.Write(new BuildArtifact(BuildArtifact.CurrentSchema, "production", "f1", "s", "web", "1a2b", "linux/amd64", "c0ffee", false, new BuiltImage("sdk", null, "a.tar", Built)));
        store.Write(new ImageArtifact(
            ImageArtifact.CurrentSchema, "production", "f1", "web", "1a2b", Given.Digest, $"registry.test/web@{Given.Digest}", "linux/amd64", "c0ffee"));
    }

    private void End(string verdict) => store.Write(new OutcomeArtifact(OutcomeArtifact.CurrentSchema, "production", "f1", verdict, 0)
    {
        Summary = "It ended.",
        Deployment = new OutcomeDeployment("us-east-1", "123456789012", "parrot", "web", Given.NewRevision, Given.OldRevision, Given.Ours, null),
        Images = new OutcomeImages(Given.Digest, [Given.Digest]),
        Evidence = RolloutEvidence.None,
        Notes = [],
        Links = [new ReportLink("service", "https://a")],
        StartedAt = Given.Noon,
        EndedAt = Given.Noon,
    });
}
