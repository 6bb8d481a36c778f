using System.Text;
using Slipway.Build.Output;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class StepSummaryTests
{
    [Test]
    public void Pages_follow_one_another()
    {
        using var run = new ActionsRun();
        run.Report.Summary!.Append("# one\n");
        run.Report.Summary.Append("# two\n");

        Assert.That(run.Summary.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "before", "# one", "# two" }));
    }

    [Test]
    public void Of_what_GitHub_does_not_take_a_note_is_left()
    {
        using var run = new ActionsRun();
        var lines = string.Concat(Enumerable.Repeat(new string('ä', 500) + "\n", 900));
        run.Report.Summary!.Append(lines);
        run.Report.Summary.Append($"```text\n{lines}```\n");
        run.Report.Summary.Append("more\n");

        Assert.That(new FileInfo(run.SummaryFile).Length, Is.LessThanOrEqualTo(StepSummary.MostBytes));
        Assert.That(run.Summary, Does.Contain("ä\n```\n\n*The rest is left out: GitHub takes 1 MiB of a step."), "the block ends before the note");
        Assert.That(Encoding.UTF8.GetByteCount(run.Summary), Is.GreaterThan(StepSummary.MostBytes - 2_000));
    }

    [Test]
    public void A_page_that_fits_is_not_touched() => Assert.That(StepSummary.Fit("äb", 5), Is.EqualTo("äb"));

    [Test]
    public void Where_nothing_fits_nothing_is_written() => Assert.That(StepSummary.Fit("line\n", 3), Is.Empty);
}
