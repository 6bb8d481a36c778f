using System.Text.Json;
using CsCheck;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;
using static Slipway.Deployment.Settings.ContainerChangeKind;

namespace Slipway.Deployment.Tests.TaskDefinitions.Rendering;

public sealed class SettingsRenderingTests
{
    private const string Document = """
        {
          "family": "web",
          "cpu": "256",
          "new": 1.50,
          "containerDefinitions": [
            {
              "name": "web",
              "image": "old:1",
              "environment": [{ "name": "A", "value": "1" }, { "name": "B", "value": "2", "new": true }, { "name": "C", "value": "3" }],
              "secrets": [{ "name": "S", "valueFrom": "/s" }],
              "logConfiguration": { "logDriver": "awslogs", "options": { "mode": "blocking", "x": "a=b" } },
              "dockerLabels": { "com.example/team": "ml" }
            },
            { "name": "worker", "image": "worker:1" }
          ]
        }
        """;

    [Test]
    public void Variables_are_replaced_in_their_place_added_at_the_end_and_removed() =>
        Assert.That(
            Web(new(Variable, "B", "new", "--env"), new(Variable, "D", "=\n \"", "--env"), new(Variable, "A", null, "--env-remove"), new(Variable, "Z", null, "--env-remove")),
            Is.EqualTo("""[{"name":"B","value":"new","new":true},{"name":"C","value":"3"},{"name":"D","value":"=\n \""}] [{"name":"S","valueFrom":"/s"}]"""));

    [Test]
    public void A_secret_takes_the_place_of_a_variable_of_the_same_name() =>
        Assert.That(
            Web(new ContainerChange(Secret, "A", "/a", "--secret")),
            Is.EqualTo("""[{"name":"B","value":"2","new":true},{"name":"C","value":"3"}] [{"name":"S","valueFrom":"/s"},{"name":"A","valueFrom":"/a"}]"""));

    [Test]
    public void A_variable_takes_the_place_of_a_secret_of_the_same_name() =>
        Assert.That(Web(new ContainerChange(Variable, "S", "plain", "--env")), Does.EndWith("""{"name":"S","value":"plain"}] """));

    [Test]
    public void Of_a_files_secret_and_the_command_lines_variable_the_later_one_stays() =>
        Assert.That(
            Web(new(Secret, "A", "/a", "infra/environments/x.json:1:1"), new(Variable, "web/A", "9", "--env")),
            Is.EqualTo("""[{"name":"A","value":"9"},{"name":"B","value":"2","new":true},{"name":"C","value":"3"}] [{"name":"S","valueFrom":"/s"}]"""));

    [Test]
    public void A_name_led_by_a_container_goes_there_and_any_other_slash_belongs_to_the_name()
    {
        var root = Render(new(Variable, "worker/LEVEL", "debug", "--env"), new(DockerLabel, "com.example/team", "ops", "--docker-label"));

        Assert.That(Compact(root["containerDefinitions"]![1]!["environment"]), Is.EqualTo("""[{"name":"LEVEL","value":"debug"}]"""));
        Assert.That(Compact(root["containerDefinitions"]![0]!["dockerLabels"]), Is.EqualTo("""{"com.example/team":"ops"}"""));
    }

    [Test]
    public void Log_options_and_labels_keep_whole_values_and_can_be_removed()
    {
        var container = Render(
            new(LogOption, "x", "c=d=e", "--log-option"), new(LogOption, "mode", null, "--log-option-remove"), new(DockerLabel, "com.example/team", null, "-"))["containerDefinitions"]![0]!;

        Assert.That(Compact(container["logConfiguration"]), Is.EqualTo("""{"logDriver":"awslogs","options":{"x":"c=d=e"}}"""));
        Assert.That(container["dockerLabels"], Is.Null);
    }

    [Test]
    public void Size_command_roles_and_other_images_are_written()
    {
        var root = JObject.Parse(Rendered(new TaskDefinitionChanges
        {
            Cpu = new("512", "--cpu"),
            Memory = new("1 GB", "--memory"),
            Command = new(["dotnet", "a b.dll", ""], "--command"),
            ExecutionRoleArn = new("arn:e", "--execution-role-arn"),
            TaskRoleArn = new("arn:t", "--task-role-arn"),
            Images = [new("worker", "worker:2", "--container-image")],
        }).Text);

        Assert.That(root.Properties().Select(member => member.Name), Is.EqualTo(new[]
        {
            "family", "cpu", "new", "containerDefinitions", "memory", "executionRoleArn", "taskRoleArn",
        }));
        Assert.That(((string?)root["cpu"], (string?)root["memory"], (string?)root["executionRoleArn"], (string?)root["taskRoleArn"]),
            Is.EqualTo(("512", "1 GB", "arn:e", "arn:t")));
        Assert.That(Compact(root["containerDefinitions"]![0]!["command"]), Is.EqualTo("""["dotnet","a b.dll",""]"""));
        Assert.That(((string?)root["containerDefinitions"]![0]!["image"], (string?)root["containerDefinitions"]![1]!["image"]), Is.EqualTo((TestDocuments.Image, "worker:2")));
    }

    [TestCase("nobody", "The setting 'containerImages' names the container 'nobody', which is not there. Allowed: 'worker'.")]
    [TestCase("web", "The container 'web' gets the image of this deployment. Allowed: 'worker'.")]
    public void An_image_for_a_container_that_cannot_have_it_is_found(string container, string message)
    {
        var finding = Rendered(new TaskDefinitionChanges { Images = [new(container, "x:1", "infra/environments/x.json:3:5")] }).Findings.Single();

        Assert.That((finding.Rule.Id, finding.File, finding.Line, finding.Column), Is.EqualTo(("setting-target", "infra/environments/x.json", 3, 5)));
        Assert.That(finding.Message, Is.EqualTo(message));
    }

    [Test]
    public void A_log_option_without_a_log_configuration_is_found()
    {
        var finding = Rendered(new TaskDefinitionChanges { Containers = [new(LogOption, "worker/mode", "x", "--log-option")] }).Findings.Single();

        Assert.That(finding.Message, Is.EqualTo(
            "The log option 'mode' has no log configuration to go to. Allowed: a 'logConfiguration' with its 'logDriver' in the task definition."));
    }

    [Test]
    public void A_variable_that_looks_like_a_secret_is_a_warning_without_its_value()
    {
        var finding = Rendered(new TaskDefinitionChanges { Containers = [new(Variable, "DB_PASSWORD", "hunter2", "--env")] }).Findings.Single();

        Assert.That(finding.ToString(), Does.StartWith(
            "--env: containerDefinitions[0].environment[3].value: The variable 'DB_PASSWORD' looks like a secret, and whoever may describe the task definition would read it. Found a hidden value; allowed: --secret=DB_PASSWORD=<ARN of a secret>."));
        Assert.That(finding.ToString(), Does.Not.Contain("hunter2"));
    }

    [Test]
    public void A_placeholder_image_is_found_before_it_is_overwritten()
    {
        var source = TestDocuments.Read(Document.Replace("old:1", "REPLACE_ME", StringComparison.Ordinal));

        var finding = TaskDefinitionRenderer.Render(source, Request(TaskDefinitionChanges.None)).Findings.Single();

        Assert.That((finding.Rule.Id, finding.JsonPath, finding.Line), Is.EqualTo(("replace-me", "containerDefinitions[0].image", 8)));
    }

    [Test]
    public void Rendering_changes_the_image_of_a_full_document_and_nothing_else()
    {
        var rendered = TaskDefinitionRenderer.Render(TestDocuments.Read(FullTaskDefinition.Text), new RenderRequest(TestDocuments.Image) { Containers = [FullTaskDefinition.Container] });

        using var before = JsonDocument.Parse(FullTaskDefinition.Text);
        using var after = JsonDocument.Parse(rendered.Text);
        var members = FullTaskDefinition.Paths(before.RootElement);
        Assert.That(rendered.Findings, Is.Empty);
        Assert.That((members.Count(path => !path.Contains('.')), members.Count(path => path.Contains('.'))), Is.EqualTo((18, 149)));
        Assert.That(Flat(after.RootElement).Except(Flat(before.RootElement)), Is.EqualTo(new[] { $"$.containerDefinitions[0].image={JsonSerializer.Serialize(TestDocuments.Image)}" }));
        Assert.That(Flat(before.RootElement).Except(Flat(after.RootElement)), Is.EqualTo(new[] { "$.containerDefinitions[0].image=\"image\"" }));
        Assert.That(Names(after.RootElement), Is.EqualTo(Names(before.RootElement)));
    }

    [Test]
    public void A_render_of_the_rendered_changes_nothing()
    {
        var name = Gen.OneOf<string>("A", "B", "S", "N", "worker/A", "web/A", "com.example/team");
        var value = Gen.OneOf<string?>("x", "a=b", "", null);
        var change = Gen.Select(Gen.Enum<ContainerChangeKind>(), name, value, (kind, text, set) => new ContainerChange(kind, text, set, "--x"));
        change.Array[0, 8].Sample(changes =>
        {
            var request = Request(new TaskDefinitionChanges { Containers = changes }) with { Placeholders = new(new Dictionary<string, string?>(), _ => null) };
            var once = TaskDefinitionRenderer.Render(TestDocuments.Read(Document), request).Text;
            return once == TaskDefinitionRenderer.Render(TestDocuments.Read(Document), request).Text
                && once == TaskDefinitionRenderer.Render(TestDocuments.Read(once), request).Text;
        });
    }

    private static string Web(params ContainerChange[] changes)
    {
        var container = Render(changes)["containerDefinitions"]![0]!;
        return $"{Compact(container["environment"])} {Compact(container["secrets"])}";
    }

    private static JObject Render(params ContainerChange[] changes) => JObject.Parse(Rendered(new TaskDefinitionChanges { Containers = changes }).Text);

    private static RenderedTaskDefinition Rendered(TaskDefinitionChanges changes) => TaskDefinitionRenderer.Render(TestDocuments.Read(Document), Request(changes));

    private static RenderRequest Request(TaskDefinitionChanges changes) => new(TestDocuments.Image) { Changes = changes };

    private static string? Compact(JToken? token) => token?.ToString(Newtonsoft.Json.Formatting.None);

    private static IEnumerable<string> Flat(JsonElement element, string path = "$") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Flat(member.Value, $"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Flat(item, FormattableString.Invariant($"{path}[{index}]"))),
        _ => [$"{path}={element.GetRawText()}"],
    };

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Names(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
