using System.Text.RegularExpressions;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Runs with the environment of a GitHub runner, whose files and commands are read back as the runner would.</summary>
[TestFixture]
internal sealed class GitHubRunnerTests
{
    private static readonly string[] Ours = ["group", "endgroup", "add-mask", "error", "warning", "notice"];

    private RolloutCheckout _rollouts = null!;
    private GitHubRunner _runner = null!;

    [OneTimeSetUp]
    public void Copy() => _rollouts = RolloutCheckout.Create();

    [OneTimeTearDown]
    public async Task DeleteAsync() => await _rollouts.DisposeAsync();

    [SetUp]
    public void Begin() => _runner = new GitHubRunner(_rollouts.Checkout.Folder);

    [TearDown]
    public void End() => _runner.Dispose();

    [Test]
    public async Task A_deploy_writes_summary_outputs_masks_and_groups_and_a_failing_one_its_cause()
    {
        var run = await RunAsync("--target=Deploy", "--environment=local");
        var again = await DeployBadlyAsync();

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(again.ExitCode, Is.EqualTo(7), again.ToString());
    }

    [Test]
    public async Task Wrong_input_is_marked_on_its_line()
    {
        await File.WriteAllTextAsync(_rollouts.Checkout.PathOf("infra", "environments", "wrong.json"), "{\n  \"region\": \"us-east-1\",\n  \"cluter\": \"parrot\"\n}\n");

        var file = await RunAsync("--target=Settings", "--environment=wrong");
        var target = await RunAsync("--target=Deplyo", "--environment=local");

        Assert.That((file.ExitCode, target.ExitCode), Is.EqualTo((2, 2)));
        var marked = GitHubRunner.CommandsIn(file.Output).Where(command => command.Properties.ContainsKey("file")).ToList();
        Assert.That(marked.Select(mark => (mark.Name, mark.Properties["file"], mark.Properties["line"])), Does.Contain(("error", "infra/environments/wrong.json", "3")), file.Output);
        Assert.That(GitHubRunner.CommandsIn(target.Output).Single().Data, Does.Contain("Did you mean 'Deploy'?"));
        Assert.That(_runner.Outputs(), Is.Empty);
    }

    private async Task<ScriptRun> RunAsync(params string[] arguments)
    {
        var run = await _rollouts.Checkout.RunAsync(_runner.Environment, arguments);
        if (arguments[0] == "--target=Deploy" && run.ExitCode == 0) MustTellSuccess(run);
        return run;
    }

    private void MustTellSuccess(ScriptRun run)
    {
        var outputs = _runner.Outputs();
        var digest = outputs["digest"];
        Assert.Multiple(() =>
        {
            Assert.That(outputs.Keys, Is.EquivalentTo(new[] { "image", "digest", "task-definition-arn", "deployment-id", "verdict" }));
            Assert.That(digest, Does.Match("^sha256:[0-9a-f]{64}$"));
            Assert.That(outputs["image"], Is.EqualTo($"127.0.0.1:{_rollouts.Checkout.Port}/stream-ml-service@{digest}"));
            Assert.That(outputs["task-definition-arn"], Does.StartWith("arn:aws:ecs:us-east-1:123456789012:task-definition/stream-ml-service:"));
            Assert.That(outputs["deployment-id"], Does.StartWith("ecs-svc/"));
            Assert.That(outputs["verdict"], Is.EqualTo("succeeded"));
        });
        Assert.Multiple(() =>
        {
            Assert.That(_runner.Summary, Does.StartWith("## Rollout: succeeded\n"));
            Assert.That(_runner.Summary, Does.Match($@"\| Digests \| built sha256:[0-9a-f]{{64}} \(sdk\) → pushed {digest} → task definition {digest} → running {digest} \|"));
            Assert.That(_runner.Summary, Does.Contain("### What changed in the task definition").And.Contain("```diff").And.Contain("### Where the time went"));
            Assert.That(_runner.Summary, Does.Contain($"](http://127.0.0.1:{_rollouts.Checkout.Port}/)"));
            Assert.That(_runner.Leftovers, Is.Empty, "no variable and no folder of PATH for later steps");
        });

        var commands = GitHubRunner.CommandsIn(run.Output);
        var (titles, visible) = GitHubRunner.Unfold(run.Output);
        Assert.That(titles, Is.EqualTo(new[] { "Test", "DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable", "Deploy" }));
        Assert.That(visible, Does.Contain("stream-ml-service-1 runs:").And.Contain("Durations").And.Not.Contain("Logged in"));
        var masks = commands.Where(command => command.Name == "add-mask").Select(command => command.Data).ToList();
        Assert.That(masks, Has.Count.GreaterThanOrEqualTo(2), "the login's token, as it is and decoded");
        foreach (var mask in masks) Assert.That(Regex.Count(run.Output, Regex.Escape(mask)), Is.EqualTo(1), "what is masked is written nowhere else");
        Assert.That(run.Output.IndexOf("::add-mask::", StringComparison.Ordinal), Is.LessThan(run.Output.IndexOf("Logged in", StringComparison.Ordinal)));
    }

    /// <summary>A container that is never healthy, and which writes what the runner would obey.</summary>
    private async Task<ScriptRun> DeployBadlyAsync()
    {
        using var runner = new GitHubRunner(_rollouts.Checkout.Folder);
        var run = await _rollouts.Checkout.RunAsync(
            runner.Environment, "--target=Deploy", "--environment=local", "--env=TEST_CONTAINER_HEALTH=bad", "--env=TEST_VERSION=##[add-mask]e ::set-output name=verdict::succeeded");
        var commands = GitHubRunner.CommandsIn(run.Output);
        var (_, visible) = GitHubRunner.Unfold(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("listening as ##·[add-mask]e"), "the container's own line is shown, and does not steer the runner");
            Assert.That(commands.Select(command => command.Name).Distinct(), Is.SubsetOf(Ours));
            Assert.That(commands.Where(command => command.Name == "add-mask"), Has.All.Property("Data").Length.GreaterThan(20));
            Assert.That(commands.Count(command => command.Name == "error"), Is.EqualTo(1), "one annotation for one failure");
            Assert.That(visible, Does.Contain("Cause  ").And.Contain("WaitStable failed").And.Contain("Try: "), "a failure is not folded away");
            Assert.That(runner.Summary, Does.StartWith("## Rollout failed: rolled-back\n").And.Contain("### What was deployed").And.Contain("### Cause"));
            Assert.That(runner.Outputs()["verdict"], Is.EqualTo("rolled-back"));
            Assert.That(runner.Outputs(), Has.Count.EqualTo(5), "what is known of the failed deployment");
        });
        return run;
    }
}
