using Slipway.Deployment;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Settings;
using Spectre.Console;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class GitHubJobTests
{
    [TestCase("plain", "plain")]
    [TestCase("a%0Ab", "a%250Ab")]
    [TestCase("first\nsecond\r", "first%0Asecond%0D")]
    [TestCase("{0}", "{0}")]
    public void A_secret_is_masked_once_and_escaped(string secret, string line)
    {
        using var run = new ActionsRun();

        run.Report.Job!.Mask(secret);
        run.Report.Job.Mask(secret);

        Assert.That(run.Lines, Is.EqualTo(new[] { $"::add-mask::{line}" }));
    }

    [Test]
    public void A_long_secret_is_one_line_however_wide_the_console_is()
    {
        using var run = new ActionsRun();
        var secret = new string('x', 30_000);

        run.Report.Job!.Mask(secret);

        Assert.That(run.Lines, Is.EqualTo(new[] { $"::add-mask::{secret}" }));
    }

    [Test]
    public void What_the_environment_holds_is_masked_before_anything_is_printed()
    {
        using var run = new ActionsRun(("AWS_SECRET_ACCESS_KEY", "key\n"), ("AWS_SESSION_TOKEN", "token"), ("HTTPS_PROXY", "http://me:p%40ss@proxy:8080"), ("AWS_PROFILE", "open"));

        Assert.That(run.Lines, Is.EqualTo(new[] { "::add-mask::key", "::add-mask::token", "::add-mask::p%2540ss", "::add-mask::p@ss" }));
    }

    [Test]
    public void Outputs_are_written_when_they_are_known_and_again_when_they_change()
    {
        using var run = new ActionsRun();
        run.Report.Job!.Outputs!.Write([new("image", "a@sha256:1"), new("verdict", "failed")]);
        run.Report.Job.Outputs.Write([new("image", "a@sha256:1"), new("verdict", "rolled-back")]);

        Assert.That(File.ReadAllLines(run.OutputFile), Is.EqualTo(new[] { "image=a@sha256:1", "verdict=failed", "verdict=rolled-back" }));
    }

    [Test]
    public void An_output_cannot_write_another_one()
    {
        using var run = new ActionsRun();
        run.Report.Job!.Outputs!.Write([new("image", "a\r\nverdict=succeeded")]);

        Assert.That(File.ReadAllLines(run.OutputFile), Is.EqualTo(new[] { "image=a verdict=succeeded" }));
    }

    [Test]
    public void Without_files_of_the_runner_there_are_neither_outputs_nor_a_page()
    {
        using var run = new ActionsRun(("GITHUB_OUTPUT", null), ("GITHUB_STEP_SUMMARY", ""));

        Assert.That(run.Report.Job!.Outputs, Is.Null);
        Assert.That(run.Report.Summary, Is.Null);
    }

    [Test]
    public void An_output_that_cannot_be_written_is_a_warning_only()
    {
        using var run = new ActionsRun(("GITHUB_OUTPUT", "/nowhere/at/all"));

        run.Report.Job!.Outputs!.Write([new("image", "a")]);

        Assert.That(run.Lines.Single(), Is.EqualTo("  Warning: The output 'image' was not written to the file that GITHUB_OUTPUT names: DirectoryNotFoundException."));
    }

    [TestCase("::add-mask::x", "·::add-mask::x")]
    [TestCase("\u3000 ::stop-commands::x", "\u3000 ·::stop-commands::x")]
    [TestCase("\u200b::error::x", "·::error::x")]
    [TestCase("a ##[add-mask]x", "a ##·[add-mask]x")]
    [TestCase("a #\u200b#[group]x", "a ##·[group]x")]
    [TestCase("std::vector ## [a] #", "std::vector ## [a] #")]
    public void What_others_wrote_does_not_steer_the_runner(string text, string shown)
    {
        using var run = new ActionsRun();

        run.Report.Fact(text);
        run.Report.Block([text]);
        run.Report.Progress(text);
        run.Report.Headline(text);
        run.Report.Failure(text, []);
        run.Report.Success(text);
        run.Report.Render(new Text(text));
        run.Report.Line("app", $"x{text}");

        Assert.That(run.Lines.Where(line => line.Length > 0).SkipLast(1).Select(line => line.Trim(' ')), Is.All.EqualTo(shown.Trim(' ')));
        Assert.That(run.Lines, Has.None.Contains("##["));
    }

    [Test]
    public void Elsewhere_texts_stay_as_they_are()
    {
        using var run = new ActionsRun(("GITHUB_ACTIONS", null));

        run.Report.Fact("::add-mask::x");

        Assert.That(run.Lines, Is.EqualTo(new[] { "  ::add-mask::x" }));
    }

    [Test]
    public void Names_that_GitHub_hides_are_told_once()
    {
        using var run = new ActionsRun();

        run.Report.Job!.TellCircumstances("AWS_REGION  ECS_CLUSTER UNKNOWN ");

        Assert.That(run.Lines.Single(), Does.StartWith("::notice title=Names that GitHub hides::AWS_REGION and ECS_CLUSTER come from GitHub secrets: GitHub writes ***"));
        Assert.That(NamesFromSecrets.Tell("ECS_SERVICE"), Does.StartWith("ECS_SERVICE comes from a GitHub secret"));
        Assert.That(NamesFromSecrets.Tell(" "), Is.Null);
        Assert.That(run.Summary, Is.EqualTo("before\n"));
    }

    [Test]
    public void A_rollout_that_failed_is_marked_once()
    {
        using var run = new ActionsRun();
        run.Report.Rollout(new RolloutReport("failed", ExitCode.DeploymentFailed, "It failed.", new RolloutFailure("The image is not there.", "push it"), RolloutEvidence.None));

        run.Report.Annotations!.AddFailure("WaitStable failed", "It failed.", null);

        Assert.That(run.Lines.Count(line => line.StartsWith("::error", StringComparison.Ordinal)), Is.EqualTo(1));
    }
}
