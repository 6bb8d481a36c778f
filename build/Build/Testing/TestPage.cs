using Slipway.Deployment.Planning;

namespace Slipway.Build.Testing;

/// <summary>The results of a test run on a job's page. Pure.</summary>
internal static class TestPage
{
    private const int MostCharacters = 60_000;
    private const int Room = 40_000;

    public static string Write(IReadOnlyList<TestSummary> summaries, TestSummary total)
    {
        var page = new MarkdownText(MostCharacters);
        page.Line(total.Failed == 0 ? "## Tests passed" : "## Tests failed");
        page.Line();
        page.Line("| Project | Passed | Failed | Skipped |");
        page.Line("|---|---:|---:|---:|");
        foreach (var summary in summaries.Append(total))
            page.Line(FormattableString.Invariant($"| {MarkdownText.Escape(summary.Project)} | {summary.Passed} | {summary.Failed} | {summary.Skipped} |"));
        if (total.Failed > 0) page.Line();
        page.Lines(
            total.Failures, failure => $"- **{MarkdownText.Escape(failure.Name)}**: {MarkdownText.Escape(failure.Message)}", Room, "- ", "the log");
        page.Line();
        return page.ToString();
    }
}
