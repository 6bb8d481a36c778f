using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Rendering;

public sealed class TaskDefinitionRendererTests
{
    private static readonly RenderRequest Request = new(TestDocuments.Image);

    [Test]
    public void The_shipped_task_definition_changes_in_its_image_only()
    {
        var rendered = TaskDefinitionRenderer.Render(TestDocuments.Read(TestDocuments.Shipped), Request);

        Assert.That(rendered.Text, Is.EqualTo(TestDocuments.Golden("shipped.rendered.json")));
        Assert.That(rendered.Family, Is.EqualTo("stream-ml-service"));
        Assert.That(rendered.Containers, Is.EqualTo(new[] { "stream-ml-service" }));
        Assert.That(rendered.Findings, Is.Empty);
    }

    [Test]
    public void Unknown_members_their_order_and_the_digits_of_numbers_survive()
    {
        var rendered = TaskDefinitionRenderer.Render(TestDocuments.Read(TestDocuments.Golden("unknown.json")), Request with { Containers = ["web"] });

        Assert.That(rendered.Text, Is.EqualTo(TestDocuments.Golden("unknown.rendered.json")));
    }

    [Test]
    public void Members_that_only_answers_have_are_left_out_and_told()
    {
        var document = TestDocuments.With(root =>
        {
            root["revision"] = 7;
            root["status"] = "ACTIVE";
            root["registeredAt"] = 1769000000.5;
            root["compatibilities"] = new JArray("FARGATE");
        });

        var rendered = TaskDefinitionRenderer.Render(document, Request);

        Assert.That(rendered.Text, Is.EqualTo(TestDocuments.Golden("shipped.rendered.json")));
        Assert.That(rendered.Findings.Select(note => note.JsonPath), Is.EqualTo(new[] { "revision", "status", "registeredAt", "compatibilities" }));
        Assert.That(rendered.Findings, Has.All.Property("Severity").EqualTo(FindingSeverity.Note));
    }

    [Test]
    public void Of_several_containers_the_one_named_like_the_family_gets_the_image()
    {
        var document = TestDocuments.With(root =>
            ((JArray)root["containerDefinitions"]!).Insert(0, JObject.Parse("""{ "name": "sidecar", "image": "envoy:1" }""")));

        var rendered = TaskDefinitionRenderer.Render(document, Request);

        var containers = JObject.Parse(rendered.Text)["containerDefinitions"]!;
        Assert.That((string?)containers[0]!["image"], Is.EqualTo("envoy:1"));
        Assert.That((string?)containers[1]!["image"], Is.EqualTo(TestDocuments.Image));
    }

    [Test]
    public void A_container_that_is_not_there_is_found_with_those_that_are()
    {
        var rendered = TaskDefinitionRenderer.Render(TestDocuments.Read(TestDocuments.Shipped), Request with { Containers = ["web"] });

        Assert.That(rendered.Findings.Single().Message, Does.Contain("names 'web', which is not there. Allowed: 'stream-ml-service'"));
    }

    [Test]
    public void Rendering_twice_gives_the_same_bytes()
    {
        var once = TaskDefinitionRenderer.Render(TestDocuments.Read(TestDocuments.Shipped), Request).Text;

        var twice = TaskDefinitionRenderer.Render(TestDocuments.Read(once), Request).Text;

        Assert.That(twice, Is.EqualTo(once));
        Assert.That(once, Does.Not.Contain("\r").And.EndsWith("}\n"));
    }

    [Test]
    public void Rendering_leaves_its_source_as_it_was()
    {
        var source = TestDocuments.Read(TestDocuments.Shipped.Replace("\"FARGATE\"", "\"FARGAT\"", StringComparison.Ordinal));
        var (text, findings) = (source.Root.ToString(), TaskDefinitionChecks.Check(source, TestDocuments.Context));

        var rendered = TaskDefinitionRenderer.Render(source, Request);
        var again = TaskDefinitionRenderer.Render(rendered.Document, new RenderRequest("other:1"));

        Assert.That(findings, Is.Not.Empty);
        Assert.That(source.Root.ToString(), Is.EqualTo(text));
        Assert.That(TaskDefinitionChecks.Check(source, TestDocuments.Context), Is.EqualTo(findings));
        Assert.That(rendered.Document.Root.ToString(), Does.Contain(TestDocuments.Image));
        Assert.That(again.Text, Is.Not.EqualTo(rendered.Text));
    }
}
