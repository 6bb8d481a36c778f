using System.Text.Json;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Comparison;

namespace Slipway.Deployment.Tests.Planning;

/// <summary>The plan as a page and as a document.</summary>
[TestFixture]
internal sealed class PlanPagesTests
{
    private static DeploymentPlan Plan { get; } = new()
    {
        Environment = "production",
        Region = "us-east-1",
        AccountId = "123456789012",
        Settings = [new SettingValue("cluster", "parrot|two", "ECS_CLUSTER")],
        Image = new ImagePlan(ImageChange.Build, "web:1", null, "sdk", "linux/amd64"),
        TaskDefinition = new TaskDefinitionPlan(
            TaskDefinitionChange.Register, "web", "web:7", "web:8", [new Difference("containerDefinitions[web].environment[A]", "\"old\"", "\"new\"")]),
        Service = new ServicePlan("web-1", "parrot", "web:7", "web:8", 1, 2, true, []),
        Calls = [new PlannedCall("ecs:DescribeServices", false, "web-1"), new PlannedCall("ecs:UpdateService", true, "web-1, task definition web:8")],
        Warnings = ["<script>alert(1)</script> @everyone [a](b) `x` | y"],
        Problems = [new PlanProblem("Push", "first line\nsecond *line*", "push again", ExitCode.PushFailed)],
    };

    [Test]
    public void The_page_says_what_changes()
    {
        var page = PlanMarkdown.Write(Plan);

        Assert.Multiple(() =>
        {
            Assert.That(page, Does.StartWith("## Slipway plan: production\n\n**Deploy would fail: there is a problem.**\n"));
            Assert.That(page, Does.Contain("```diff\n  containerDefinitions[web].environment[A]\n- \"old\"\n+ \"new\"\n```\n"));
            Assert.That(page, Does.Contain("- **changed:** desired count: 1 -&#62; 2\n"));
            Assert.That(page, Does.Contain("| **writes** | ecs:UpdateService | web-1, task definition web:8 |\n"));
            Assert.That(page, Does.Contain("- **Push**: first line<br>second \\*line\\*<br>Try: push again\n"));
            Assert.That(page, Does.Contain("| cluster | parrot\\|two | ECS\\_CLUSTER |\n"));
        });
    }

    [Test]
    public void Texts_of_others_stay_texts() => Assert.That(
        PlanMarkdown.Write(Plan),
        Does.Contain("- &#60;script&#62;alert(1)&#60;/script&#62; &#64;everyone \\[a\\](b) \\`x\\` \\| y\n"));

    [TestCase("- a", "\\- a")]
    [TestCase("# a", "\\# a")]
    [TestCase("12. a", "12\\. a")]
    [TestCase("1) a", "1\\) a")]
    [TestCase("127.0.0.1 a-b", "127\\.0.0.1 a-b")]
    [TestCase("a. b-c +", "a. b-c +")]
    public void What_would_begin_a_list_or_a_heading_stays_a_text(string text, string expected) =>
        Assert.That(PlanMarkdown.Write(Plan with { Warnings = [text] }), Does.Contain($"\n- {expected}\n"));

    [Test]
    public void A_value_cannot_end_the_block_that_shows_it()
    {
        var plan = WithDifferences([new Difference("a", null, "\"```\n# heading\"")]);

        var lines = PlanMarkdown.Write(plan).Split('\n');

        Assert.That(lines.Count(line => line.StartsWith("```", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(lines, Has.None.StartsWith("# heading"));
    }

    [Test]
    public void Many_differences_are_folded() =>
        Assert.That(PlanMarkdown.Write(WithDifferences([.. Enumerable.Range(0, 10).Select(n => new Difference($"a{n}", "1", "2"))])), Does.Contain("<details><summary>10 differences</summary>"));

    [TestCase(100)]
    [TestCase(1_000)]
    [TestCase(20_000)]
    public void However_much_there_is_the_page_fits_a_comment(int count)
    {
        var text = new string('&', 900);
        var plan = WithDifferences([.. Enumerable.Range(0, count).Select(n => new Difference($"a{n}", text, text))]) with
        {
            Calls = [.. Enumerable.Range(0, count).Select(_ => new PlannedCall("ecs:ListTasks", false, text))],
            Warnings = [.. Enumerable.Repeat(text, count)],
            Problems = [.. Enumerable.Repeat(new PlanProblem("Push", text, text, ExitCode.PushFailed), count)],
            Settings = [.. Enumerable.Repeat(new SettingValue("a", text, text), count)],
        };

        var page = PlanMarkdown.Write(plan);

        Assert.That(page, Has.Length.LessThanOrEqualTo(PlanMarkdown.MostCharacters));
        Assert.That(page, Does.Contain("more: plan.json has them all").And.EndsWith("</details>\n"));
    }

    [Test]
    public void The_document_has_names_that_programs_can_rely_on()
    {
        var root = JsonDocument.Parse(PlanJson.Write(Plan)).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("schema").GetInt32(), Is.EqualTo(1));
            Assert.That(root.GetProperty("changesPending").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("wouldFail").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("image").GetProperty("change").GetString(), Is.EqualTo("build"));
            Assert.That(root.GetProperty("image").GetProperty("digest").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(root.GetProperty("taskDefinition").GetProperty("differences")[0].GetProperty("after").GetString(), Is.EqualTo("\"new\""));
            Assert.That(root.GetProperty("service").GetProperty("wantedCount").GetInt32(), Is.EqualTo(2));
            Assert.That(root.GetProperty("calls")[1].GetProperty("writes").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("problems")[0].GetProperty("exitCode").GetInt32(), Is.EqualTo(5));
        });
    }

    private static DeploymentPlan WithDifferences(IReadOnlyList<Difference> differences) =>
        Plan with { TaskDefinition = Plan.TaskDefinition! with { Differences = differences } };
}
