using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Files that are wrong: each is refused with its place and a remedy, and nothing is deployed.</summary>
[TestFixture]
internal sealed class InputTests
{
    private const string TaskDefinition = "infra/ecs-task-def.json";
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private Checkout _checkout = null!;
    private string _original = null!;

    [OneTimeSetUp]
    public async Task CopyAsync()
    {
        _checkout = Checkout.Create();
        _original = File.ReadAllText(_checkout.PathOf(TaskDefinition));
        var run = await _checkout.RunAsync("--target=Push", "--exclusive", $"--image=123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service@{Digest}");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [TearDown]
    public void Restore() => File.WriteAllText(_checkout.PathOf(TaskDefinition), _original);

    [OneTimeTearDown]
    public async Task DeleteAsync() => await _checkout.DisposeAsync();

    [Test]
    public async Task A_placeholder_that_was_left_is_named_with_its_line()
    {
        _checkout.Edit(TaskDefinition, "role/ecsTaskExecutionRole", "role/REPLACE_ME");
        var line = Array.FindIndex(File.ReadAllLines(_checkout.PathOf(TaskDefinition)), text => text.Contains("REPLACE_ME", StringComparison.Ordinal)) + 1;

        var run = await _checkout.RunAsync("--target=RenderTaskDef", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Contain($"{TaskDefinition}:{line}:").And.Contain("REPLACE_ME"));
        });
    }

    [Test]
    public async Task Broken_json_is_told_with_file_line_and_column()
    {
        _checkout.Edit(TaskDefinition, "\"networkMode\": \"awsvpc\",", "\"networkMode\" \"awsvpc\",");

        var run = await _checkout.RunAsync("--target=RenderTaskDef", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Match($@"{TaskDefinition}:3:\d+"));
            Assert.That(run.Output, Does.Contain("A colon between name and value is missing. Found '\"'; allowed: ':'. [json-syntax"));
        });
    }

    [Test]
    public async Task A_broken_environment_file_is_told_with_file_line_and_column()
    {
        var file = _checkout.PathOf("infra", "environments", "broken.json");
        await File.WriteAllTextAsync(file, "{\n  \"region\": \"us-east-1\",\n  \"servce\": 1\n}\n");

        var run = await _checkout.RunAsync("--target=Settings", "--environment=broken");
        File.Delete(file);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Contain("infra/environments/broken.json:3:").And.Contain("service"));
        });
    }

    [Test]
    public async Task A_region_that_does_not_match_is_named_on_both_sides()
    {
        var run = await _checkout.RunAsync("--target=RenderTaskDef", "--exclusive", "--region=eu-west-1");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Contain("eu-west-1").And.Contain("us-east-1"));
        });
    }

    [Test]
    public async Task A_target_whose_artifact_is_missing_names_the_target_to_run()
    {
        var run = await _checkout.RunAsync("--target=WaitStable", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.Output, Does.Contain("deployment.json").And.Contain("--target=DeployEcs"));
        });
    }

    [Test]
    public async Task Without_git_the_image_is_tagged_by_its_fingerprint()
    {
        using var tools = new ToolFolder("bash", "sed", "dirname", "find", "cksum", "sort", "tr", "cat", "dotnet");

        var run = await _checkout.RunAsync(
            new Dictionary<string, string?>(tools.Environment) { ["HOME"] = Environment.GetEnvironmentVariable("HOME") }, "--target=DockerBuild", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Match("stream-ml-service:[0-9a-f]{12}'"));
        });
    }
}
