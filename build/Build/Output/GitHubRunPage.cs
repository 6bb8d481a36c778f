using Slipway.Build.Hosting;
using Slipway.Deployment;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Rollouts.Reports;

namespace Slipway.Build.Output;

/// <summary>The end of a run on the job's page: what failed, where no rollout tells it, and what was deployed.</summary>
internal sealed class GitHubRunPage(Pipeline pipeline, GitHubJob job, ConsoleReport report)
{
    public void Write(Outcome outcome)
    {
        if (job.Summary is not { } summary) return;
        if (Ending.Unwrap(outcome.Error) is { } error && !job.Annotations.HasToldRollout) summary.Append(Failure(outcome, error));
        if (pipeline.Reach != CloudReach.Changes || !pipeline.HasSettings) return;

        try
        {
            var results = pipeline.Results;
            var changes = results.Deployment is { NothingToDo: false } deployment
                ? pipeline.RevisionChanges.FindAsync(deployment, CancellationToken.None).GetAwaiter().GetResult()
                : null;
            var localPage = pipeline.Settings.LocalCloud is { } local ? $"{local.Endpoint}/" : null;
            if (DeployedMarkdown.Write(results, changes, results.Links(localPage)) is { } page) summary.Append(page);
        }
        catch (SlipwayException unread)
        {
            // How the run ended matters more than its page.
            report.Warning(unread.Message);
        }
    }

    private static string Failure(Outcome outcome, Exception error)
    {
        var page = new MarkdownText(20_000);
        page.Line($"## {outcome.Target ?? "Run"} {(error is OperationCanceledException ? "cancelled" : "failed")}");
        page.Line();
        var isExpected = error is SlipwayException;
        foreach (var line in (isExpected ? error.Message : $"{error.GetType().Name}: {error.Message}").ReplaceLineEndings("\n").Split('\n'))
            page.Line($"{MarkdownText.Escape(line.Trim())}<br>");
        if (error is SlipwayException { Remedy: { } remedy }) page.Line($"Try: {MarkdownText.Escape(remedy)}");
        page.Line();
        return page.ToString();
    }
}
