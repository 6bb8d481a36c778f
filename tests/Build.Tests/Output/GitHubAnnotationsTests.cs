using Slipway.Build.Hosting;
using Slipway.Build.Testing;
using Slipway.Deployment;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class GitHubAnnotationsTests
{
    private static readonly TaskDefinitionRule Error = new("fargate-size", FindingSeverity.Error, "A size", "Developer Guide, part 1");

    [Test]
    public void A_finding_stands_on_its_line()
    {
        using var run = new ActionsRun();

        run.Report.Finding(new Finding(Error, "build.sh", 8, 13, "memory", "Not offered.", "\"768\"", "512"));

        Assert.That(run.Lines.Single(), Is.EqualTo(
            "::error title=fargate-size,file=build.sh,line=8,col=13::memory: Not offered. Found \"768\"; allowed: 512. [Developer Guide, part 1]"));
    }

    [Test]
    public void A_warning_is_printed_and_marked_and_cannot_write_a_command_of_its_own()
    {
        using var run = new ActionsRun();

        run.Report.Finding(new Finding(Error with { Severity = FindingSeverity.Warning }, "build.sh", 1, 2, "a", "100%\n::error::x.", null, "b"));

        Assert.That(run.Lines[0], Does.StartWith("  Warning: build.sh:1:2: a: 100%"));
        Assert.That(run.Lines[1], Does.StartWith("  ·::error::x."));
        Assert.That(run.Lines[^1], Does.StartWith("::warning title=fargate-size,file=build.sh,line=1,col=2::a: 100%25%0A::error::x. Allowed: b."));
    }

    [Test]
    public void What_a_setting_wrote_has_no_line()
    {
        using var run = new ActionsRun();

        run.Report.Finding(new Finding(Error, "--env", null, null, "a", "Wrong.", null, "b"));

        Assert.That(run.Lines.Single(), Does.StartWith("::error title=fargate-size::a: Wrong."));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("false")]
    public void Elsewhere_nothing_is_marked(string? variable)
    {
        using var run = new ActionsRun(("GITHUB_ACTIONS", variable));

        run.Report.Finding(new Finding(Error, "build.sh", 8, 13, null, "Not offered.", null, "512"));
        run.Report.Target("Test");
        Ending.Tell(new Outcome { Error = new SlipwayException(ExitCode.InvalidInput, "no") }, run.Report, cancelled: false);

        Assert.That(run.Lines, Has.None.Contains("::"), "the exception tells an error");
    }

    [Test]
    public void A_target_that_fails_is_one_annotation_outside_of_its_group()
    {
        using var run = new ActionsRun();

        run.Report.Target("Push");
        run.Report.Fact("pushing");
        Ending.Tell(new Outcome { Target = "Push", Error = new SlipwayException(ExitCode.PushFailed, "No right\nto push 100%", "allow it") }, run.Report, cancelled: false);

        Assert.That(run.Lines, Is.EqualTo(new[]
        {
            "::group::Push", "  pushing", "::endgroup::", "", "Push failed", "  No right", "  to push 100%", "  Try: allow it",
            "::error title=Push failed::No right%0Ato push 100%25 Try: allow it",
        }));
    }

    [Test]
    public void Problems_of_a_file_stand_on_its_lines()
    {
        using var run = new ActionsRun();

        run.Report.Annotations!.AddFailure("Run failed", "2 problems:\n  infra/environments/local.json:4:14: 'region' is wrong\n    Try x\n  --cpu: bad", "correct them");

        Assert.That(run.Lines, Is.EqualTo(new[]
        {
            "::error title=Run failed,file=infra/environments/local.json,line=4,col=14::'region' is wrong",
            "::error title=Run failed::2 problems:%0A  infra/environments/local.json:4:14: 'region' is wrong%0A    Try x%0A  --cpu: bad Try: correct them",
        }));
    }

    [Test]
    public void A_test_that_failed_stands_on_its_line()
    {
        using var run = new ActionsRun();
        var root = RepositoryRoot.Find(AppContext.BaseDirectory);

        run.Report.Annotations!.Add(new FailedTest("A_test", "expected 1", root.Combine("build.sh"), 7));
        run.Report.Annotations!.Add(new FailedTest("Other", "lost", "/nowhere/X.cs", 7));

        Assert.That(run.Lines, Is.EqualTo(new[] { "::error title=A_test,file=build.sh,line=7::expected 1", "::error title=Other::lost" }));
    }

    [Test]
    public void Groups_are_never_in_one_another()
    {
        using var run = new ActionsRun();

        run.Report.Target("A");
        run.Report.Target("B");
        run.Report.Success("done");
        run.Report.Annotations!.EndGroup();

        Assert.That(run.Lines, Is.EqualTo(new[] { "::group::A", "::endgroup::", "::group::B", "::endgroup::", "done" }));
    }
}
