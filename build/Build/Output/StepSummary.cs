using System.Text;
using Cake.Common.Build.GitHubActions;
using Slipway.Deployment.Reporting;

namespace Slipway.Build.Output;

/// <summary>The page that GitHub shows with a job.</summary>
public sealed class StepSummary
{
    /// <summary>What GitHub takes of a step; of more it shows nothing at all.</summary>
    internal const int MostBytes = 1024 * 1024;

    private const string Fence = "```";
    private const string Note = "\n*The rest is left out: GitHub takes 1 MiB of a step. The artifacts have it all.*\n";

    private readonly GitHubActionsProvider _provider;
    private readonly IReport _report;

    private StepSummary(GitHubActionsProvider provider, IReport report) => (_provider, _report) = (provider, report);

    /// <summary>That of this run; null where it has none.</summary>
    /// <param name="provider">Knows where the page is.</param>
    /// <param name="report">Gets a warning where the page cannot be written.</param>
    public static StepSummary? Find(GitHubActionsProvider provider, IReport report) =>
        provider.Environment.Runtime.StepSummary is not { FullPath.Length: > 0 } ? null : new StepSummary(provider, report);

    /// <summary>Adds Markdown to it, as much of it as GitHub takes.</summary>
    public void Append(string page)
    {
        try
        {
            var file = new FileInfo(_provider.Environment.Runtime.StepSummary.FullPath);
            var fitting = Fit(page, MostBytes - (file.Exists ? file.Length : 0));
            if (fitting.Length > 0) _provider.Commands.SetStepSummary(fitting);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _report.Warning($"The page was not added to the file that GITHUB_STEP_SUMMARY names: {error.GetType().Name}.");
        }
    }

    /// <summary>The lines of a page that fit, with a note where some do not.</summary>
    internal static string Fit(string page, long room)
    {
        // The line break that Cake adds.
        room -= 2;
        if (Encoding.UTF8.GetByteCount(page) <= room) return page;

        var kept = new StringBuilder();
        var isFenced = false;
        room -= Note.Length + Fence.Length + 1;
        foreach (var line in page.Split('\n'))
        {
            room -= Encoding.UTF8.GetByteCount(line) + 1;
            if (room < 0) break;
            kept.Append(line).Append('\n');
            if (line.StartsWith(Fence, StringComparison.Ordinal)) isFenced = !isFenced;
        }

        if (kept.Length == 0) return string.Empty;
        if (isFenced) kept.Append(Fence).Append('\n');
        return kept.Append(Note).ToString();
    }
}
