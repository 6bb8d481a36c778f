using System.Text.Json;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Plans on a service that runs: each says what Deploy would do, and changes nothing.</summary>
[TestFixture]
internal sealed class PlanTests
{
    private const string TaskDefinition = "infra/ecs-task-def.json";

    private Checkout _checkout = null!;
    private LocalCloudControl _cloud = null!;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        _checkout = Checkout.Create();
        _checkout.LeaveOutTests();
        var run = await _checkout.RunAsync("--target=Deploy");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        _cloud = new LocalCloudControl(_checkout.Port);
    }

    [OneTimeTearDown]
    public async Task DeleteAsync()
    {
        _cloud?.Dispose();
        await _checkout.DisposeAsync();
    }

    [Test]
    public async Task Deploy_sends_exactly_the_changes_that_the_plan_lists()
    {
        Change("planned");
        var files = Artifacts();
        await _cloud.ForgetCallsAsync();

        var plan = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode");

        Assert.That(plan.ExitCode, Is.EqualTo(10), plan.ToString());
        Assert.That((await _cloud.CallsAsync()).Where(LocalCloudControl.IsWrite), Is.Empty, "a plan reads only");
        Assert.That(Artifacts(), Is.EqualTo(files), "Deploy's artifacts");
        var listed = Plan();
        Assert.That(listed.GetProperty("changesPending").GetBoolean(), Is.True);
        var reads = (await _cloud.CallsAsync()).Where(call => !LocalCloudControl.IsWrite(call)).ToHashSet(StringComparer.Ordinal);
        await _cloud.ForgetCallsAsync();

        var deploy = await _checkout.RunAsync("--target=Deploy");

        Assert.That(deploy.ExitCode, Is.Zero, deploy.ToString());
        var sent = await _cloud.CallsAsync();
        Assert.That(
            WithoutRepeats(sent.Where(LocalCloudControl.IsWrite)),
            Is.EqualTo(Calls(listed, writes: true)), "what changes anything, in order");
        Assert.That(reads, Is.SubsetOf(sent), "what the plan read, Deploy reads, too");
    }

    [Test]
    public async Task Where_nothing_changed_a_plan_says_so_and_ends_with_zero()
    {
        await _checkout.RunAsync("--target=Deploy");

        var plan = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode");

        Assert.Multiple(() =>
        {
            Assert.That(plan.ExitCode, Is.Zero, plan.ToString());
            Assert.That(plan.Output, Does.Contain("Nothing to do"));
            Assert.That(Plan().GetProperty("changesPending").GetBoolean(), Is.False);
            Assert.That(Calls(Plan(), writes: true), Is.Empty);
        });
    }

    [Test]
    public async Task A_changed_variable_is_shown_before_and_after_in_the_console_the_page_and_the_jobs_summary()
    {
        var summary = _checkout.PathOf("summary.md");
        await File.WriteAllTextAsync(summary, "# From another step\n");
        using var edited = Edit("\"Production\"", "\"Staging\"");

        var plan = await _checkout.RunAsync(new Dictionary<string, string?> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = summary }, "--target=Plan");
        var page = await File.ReadAllTextAsync(_checkout.PathOf("artifacts", "plan", "local", "plan.md"));

        Assert.Multiple(() =>
        {
            Assert.That(plan.ExitCode, Is.Zero, "changes alone are no failure");
            Assert.That(plan.Output, Does.Contain("- \"Production\"").And.Contain("+ \"Staging\""));
            Assert.That(page, Does.Contain("environment[ASPNETCORE_ENVIRONMENT]\n- \"Production\"\n+ \"Staging\"\n"));
            Assert.That(File.ReadAllText(summary).TrimEnd(), Is.EqualTo(("# From another step\n" + page).TrimEnd()));
            Assert.That(page + Plan().GetRawText(), Does.Not.Contain(_checkout.Folder));
        });
    }

    [Test]
    public async Task A_plan_on_the_live_task_definition_keeps_what_that_has()
    {
        string[] change = ["--task-definition=live", "--env=LEVEL=debug"];

        var before = await _checkout.RunAsync(["--target=Plan", "--detailed-exitcode", .. change]);
        var deploy = await _checkout.RunAsync(["--target=Deploy", .. change]);
        var after = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode", "--task-definition=live");
        var file = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode");

        Assert.Multiple(() =>
        {
            Assert.That(before.ExitCode, Is.EqualTo(10), before.ToString());
            Assert.That(before.Output, Does.Contain("environment[LEVEL]").And.Contain("+ \"debug\""));
            Assert.That(deploy.ExitCode, Is.Zero, deploy.ToString());
            Assert.That(after.ExitCode, Is.Zero, after.ToString());
            Assert.That(after.Output, Does.Contain("Nothing to do"));
            Assert.That(file.ExitCode, Is.EqualTo(10), "the file knows nothing of it");
            Assert.That(file.Output, Does.Contain("- \"debug\""));
        });
    }

    [Test]
    public async Task A_summary_that_cannot_be_written_is_a_warning()
    {
        var plan = await _checkout.RunAsync(
            new Dictionary<string, string?> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_STEP_SUMMARY"] = _checkout.PathOf("nowhere", "summary.md") }, "--target=Plan");

        Assert.That(plan.ExitCode, Is.Zero);
        Assert.That(plan.Output, Does.Contain("Warning: The page was not added to the file that GITHUB_STEP_SUMMARY names"));
    }

    [Test]
    public async Task Without_a_live_service_the_plan_says_that_deploy_would_fail_and_why()
    {
        var plan = await _checkout.RunAsync("--target=Plan", "--service=no-such-service", "--detailed-exitcode");

        Assert.Multiple(() =>
        {
            Assert.That(plan.ExitCode, Is.EqualTo(3));
            Assert.That(plan.Output, Does.Contain("Deploy would fail: there is a problem.").And.Contain("'no-such-service' does not exist").And.Contain("Try: "));
            Assert.That(Plan().GetProperty("service").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public async Task Without_rights_every_refusal_is_told_in_one_run()
    {
        string[] denied = ["ecr:GetAuthorizationToken", "ecr:DescribeRepositories", "sts:GetCallerIdentity", "ecs:DescribeServices"];
        await _cloud.PlayAsync(JsonSerializer.Serialize(new[] { new { operations = denied, kind = "deny" } }));
        var plan = await _checkout.RunAsync("--target=Plan", "--detailed-exitcode");
        await _cloud.PlayNothingAsync();

        Assert.That(plan.ExitCode, Is.EqualTo(3), plan.ToString());
        foreach (var operation in denied) Assert.That(plan.Output, Does.Contain($"Try: allow the caller {operation}"));
    }

    [TestCase("Plan")]
    [TestCase("RenderTaskDef")]
    public async Task In_github_actions_a_finding_is_marked_on_its_line(string target)
    {
        using var edited = Edit("\"cpu\": \"256\"", "\"cpu\": \"250\"");

        var run = await _checkout.RunAsync(new Dictionary<string, string?> { ["GITHUB_ACTIONS"] = "true" }, $"--target={target}", "--exclusive");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Output.Split('\n'), Has.Exactly(1).StartsWith($"::error title=fargate-size,file={TaskDefinition},line=5,col="));
    }

    [Test]
    public async Task The_aws_cli_sees_nothing_change_while_a_plan_is_made()
    {
        var before = await SeenAsync();
        using var edited = Edit("\"Production\"", "\"Elsewhere\"");

        await _checkout.RunAsync("--target=Plan");

        Assert.That(await SeenAsync(), Is.EqualTo(before));
    }

    private async Task<string[]> SeenAsync()
    {
        var service = await AwsCli.RunAsync(
            _checkout.Port, "ecs", "describe-services", "--cluster", "emotional-parrot", "--services", "stream-ml-service-1", "--query", "services[0].[taskDefinition,deployments[].id]");
        var revisions = await AwsCli.RunAsync(_checkout.Port, "ecs", "list-task-definitions");
        var images = await AwsCli.RunAsync(_checkout.Port, "ecr", "list-images", "--repository-name", "stream-ml-service");
        return [service.GetRawText(), revisions.GetRawText(), images.GetRawText()];
    }

    /// <summary>A layer takes several requests, and there are several layers: the plan has one line for them.</summary>
    private static List<string> WithoutRepeats(IEnumerable<string> calls)
    {
        var result = new List<string>();
        foreach (var call in calls)
        {
            if (result.Count == 0 || result[^1] != call) result.Add(call);
        }

        return result;
    }

    private static string[] Calls(JsonElement plan, bool writes) =>
    [
        .. plan.GetProperty("calls").EnumerateArray()
            .Where(call => call.GetProperty("writes").GetBoolean() == writes)
            .Select(call => call.GetProperty("operation").GetString()!),
    ];

    private JsonElement Plan() => JsonDocument.Parse(File.ReadAllText(_checkout.PathOf("artifacts", "plan", "local", "plan.json"))).RootElement;

    private Dictionary<string, string> Artifacts()
    {
        var root = _checkout.PathOf("artifacts", "deploy", "local");
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(root, file), file => $"{File.GetLastWriteTimeUtc(file):O} {File.ReadAllText(file)}");
    }

    private void Change(string what) => File.AppendAllText(_checkout.PathOf("src", "StreamMlService", "Program.cs"), $"// {what}\n");

    private Restored Edit(string oldText, string newText)
    {
        var file = _checkout.PathOf(TaskDefinition);
        var restored = new Restored(file, File.ReadAllText(file));
        _checkout.Edit(TaskDefinition, oldText, newText);
        return restored;
    }

    private sealed record Restored(string File, string Text) : IDisposable
    {
        public void Dispose() => System.IO.File.WriteAllText(File, Text);
    }
}
