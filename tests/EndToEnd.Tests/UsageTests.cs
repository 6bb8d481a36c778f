using System.Diagnostics;
using System.Text.RegularExpressions;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>What a person sees who has not deployed yet, or who mistypes.</summary>
[TestFixture]
internal sealed class UsageTests
{
    private Checkout _checkout = null!;

    [OneTimeSetUp]
    public void Copy() => _checkout = Checkout.Create();

    [OneTimeTearDown]
    public async Task DeleteAsync() => await _checkout.DisposeAsync();

    [Test]
    public async Task Without_arguments_the_targets_and_options_are_printed_and_nothing_happens()
    {
        var run = await _checkout.RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            foreach (var target in new[] { "Test", "DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable", "Deploy", "TestAll" })
            {
                Assert.That(run.Output, Does.Match($@"(?m)^\s+{target}\s+\S"), target);
            }

            Assert.That(run.Output, Does.Contain("--environment=VALUE"));
            Assert.That(Directory.Exists(_checkout.PathOf("artifacts", "deploy")), Is.False);
            Assert.That(Directory.Exists(_checkout.PathOf("artifacts", "local-cloud")), Is.False);
        });
    }

    [TestCase("--target=Deplyo", "no target 'Deplyo'. Did you mean 'Deploy'?")]
    [TestCase("--targte=Deploy", "Did you mean --target?")]
    [TestCase("--target=Deploy --enviroment=local", "Did you mean --environment?")]
    [TestCase("--target=Deploy local", "'local' is neither an option nor its value")]
    [TestCase("--target=Deploy --environment", "'--environment' needs a value")]
    [TestCase("--target=Deploy --timeout=never", "--timeout")]
    [TestCase("--target=Deploy --environment=staging", "local, production")]
    public async Task Wrong_usage_is_refused_with_what_was_meant(string arguments, string expected)
    {
        var run = await _checkout.RunAsync(arguments.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Contain(expected));
            Assert.That(run.Output, Does.Not.Contain("   at "), "a stack trace");
        });
    }

    [Test]
    public async Task A_pipeline_must_name_its_environment()
    {
        var run = await _checkout.RunAsync(new Dictionary<string, string?> { ["CI"] = "true" }, "--target=Deploy");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Does.Contain("./build.sh --target=Deploy --environment=local"));
            Assert.That(run.Output, Does.Contain("./build.sh --target=Deploy --environment=production"));
        });
    }

    [TestCase("--tree", @"\n(?<target>Deploy)\n( *└─(?<target>\w+)\n)+", true)]
    [TestCase("--dryrun", @"( *\d+\. (?<target>\w+)\n)+", false)]
    public async Task The_graph_is_shown_in_the_agreed_order(string option, string pattern, bool isLastFirst)
    {
        var run = await _checkout.RunAsync("--target=Deploy", option);
        var shown = Regex.Match(run.Output, pattern).Groups["target"].Captures.Select(target => target.Value);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            isLastFirst ? shown.Reverse() : shown,
            Is.EqualTo(new[] { "Test", "DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable", "Deploy" }), run.ToString());
        Assert.That(Directory.Exists(_checkout.PathOf("artifacts", "local-cloud")), Is.False);
    }

    [Test]
    public async Task Settings_are_shown_with_their_origin_and_secrets_masked()
    {
        var run = await _checkout.RunAsync(
            new Dictionary<string, string?> { ["AWS_REGION"] = "eu-west-1", ["AWS_SECRET_ACCESS_KEY"] = "very-secret-value", ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE" },
            "--target=Settings", "--environment=production", "--timeout=7m");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Match(@"region\s+.*eu-west-1\s+.*AWS_REGION"));
            Assert.That(run.Output, Does.Match(@"timeout\s+.*7m\s+.*--timeout"));
            Assert.That(run.Output, Does.Match(@"cluster\s+.*emotional-parrot\s+.*infra/environments/production.json"));
            Assert.That(run.Output, Does.Not.Contain("very-secret-value"));
        });
    }

    [Test]
    public async Task Without_the_sdk_the_script_names_the_version_that_it_wants()
    {
        using var tools = new ToolFolder("bash", "sed", "dirname", "find", "cksum", "sort", "tr", "cat");

        var run = await _checkout.RunAsync(tools.Environment, "--target=Deploy");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.Output, Does.Contain("10.0.100").And.Contain("not on PATH").And.Contain("Try: install it"));
        });
    }

    [Test]
    public async Task An_sdk_that_is_too_old_is_named()
    {
        using var tools = new ToolFolder("bash", "sed", "dirname", "find", "cksum", "sort", "tr", "cat", "mkdir", "rm", "sleep");
        tools.Add("dotnet", "case $1 in --list-sdks) echo '8.0.100 [/sdk]';; *) exit 145;; esac");
        // Another stamp, so that it has to compile.
        await File.WriteAllTextAsync(_checkout.PathOf("build", "touched.txt"), "x");

        var run = await _checkout.RunAsync(tools.Environment, "--target=Deploy");

        File.Delete(_checkout.PathOf("build", "touched.txt"));
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.Output, Does.Contain("10.0.100").And.Contain("8.0.100"));
        });
    }

    [Test]
    public async Task A_lock_that_an_ended_start_left_under_the_scripts_own_number_is_taken_over()
    {
        using var tools = new ToolFolder("bash", "sed", "dirname", "find", "cksum", "sort", "tr", "cat", "mkdir", "rm", "sleep");
        tools.Add("dotnet", "case $1 in --list-sdks) echo '8.0.100 [/sdk]';; *) exit 145;; esac");
        await File.WriteAllTextAsync(_checkout.PathOf("build", "locked.txt"), "x");
        Directory.CreateDirectory(_checkout.PathOf("artifacts", "host", "lock"));
        // The number stays the same where a program takes the shell's place.
        var start = new ProcessStartInfo(
            "bash", ["-c", "echo $$ >\"$0/artifacts/host/lock/pid\"; exec \"$0/build.sh\" --target=Deploy", _checkout.Folder]);
        foreach (var (name, value) in tools.Environment) start.Environment[name] = value;

        using var running = new RunningScript(start);
        var run = await running.WaitAsync(TimeSpan.FromMinutes(1));

        File.Delete(_checkout.PathOf("build", "locked.txt"));
        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("8.0.100"), "it went on to compile");
    }
}
