using Slipway.Deployment.Planning;
using Slipway.Deployment.Rollouts.Timing;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>A report as Markdown, for a job's summary. Pure.</summary>
public static class RolloutMarkdown
{
    private const int MostCharacters = 200_000;

    /// <summary>The page.</summary>
    public static string Write(RolloutReport report)
    {
        var page = new MarkdownText(MostCharacters);
        page.Line($"## {(report.IsSuccess ? "Rollout" : "Rollout failed")}: {MarkdownText.Escape(report.Verdict)}");
        page.Line();
        page.Line(MarkdownText.Escape(report.Title));
        if (report.Failure is { } failure)
        {
            Heading(page, "Cause");
            page.Line($"**{MarkdownText.Escape(failure.Cause)}**{(failure.Key is null ? "" : $" `{failure.Key}`")}");
            if (report.Remedy is { } remedy)
            {
                page.Line();
                page.Line($"Try: {MarkdownText.Escape(remedy)}");
            }
        }

        Evidence(page, report.Evidence);
        foreach (var log in report.Logs) Log(page, log);
        if (report.Timing is { } timing) Times(page, timing);
        List(page, "Notes", report.Notes);
        List(page, "Could not be read", report.Evidence.NotRead);
        if (report.Links.Count > 0) Heading(page, "Links");
        foreach (var link in report.Links) page.Line($"- [{MarkdownText.Escape(link.Name)}]({link.Address})");
        page.Line();
        return page.ToString();
    }

    private static void Evidence(MarkdownText page, RolloutEvidence evidence)
    {
        if (evidence.Deployment is null && evidence.Tasks.Count == 0 && evidence.Events.Count == 0) return;
        Heading(page, "Evidence");
        if (evidence.Deployment is { } deployment)
        {
            page.Line($"- deployment: {MarkdownText.Escape(RolloutRows.StateOf(deployment))}");
            if (deployment.Reason is { } reason) page.Line($"- ECS says: {MarkdownText.Escape(reason)}");
            if (deployment.Rollback is { } rollback) page.Line($"- rollback: {MarkdownText.Escape(rollback)}");
            if (deployment.Alarms.Count > 0) page.Line($"- alarms: {MarkdownText.Escape(string.Join(", ", deployment.Alarms))}");
        }

        if (evidence.CircuitBreaker is { } breaker) page.Line($"- circuit breaker: {MarkdownText.Escape(RolloutRows.TextOf(breaker))}");
        foreach (var target in evidence.TargetHealth)
            page.Line(FormattableString.Invariant($"- {MarkdownText.Escape(target.Target)}, {target.Count} ×: {MarkdownText.Escape(target.Reason)}"));
        if (evidence.Tasks.Count > 0)
        {
            page.Line();
            page.Line("| Tasks | Reason | Exit codes | Newest |");
            page.Line("|---|---|---|---|");
        }

        foreach (var group in evidence.Tasks)
        {
            var exits = RolloutRows.ExitCodesOf(group)?["exit codes: ".Length..] ?? string.Empty;
            page.Line($"| {RolloutRows.CountOf(group)} | {MarkdownText.Escape(group.Reason)} | {MarkdownText.Escape(exits)} | {MarkdownText.Escape(group.TaskIds[0])} |");
        }

        if (evidence.Events.Count == 0) return;
        page.Line();
        page.Line("| Time (UTC) | Event |");
        page.Line("|---|---|");
        foreach (var happened in evidence.Events)
            page.Line(FormattableString.Invariant($"| {happened.At.UtcDateTime:HH:mm:ss} | {MarkdownText.Escape(happened.Message)} |"));
    }

    private static void Log(MarkdownText page, ContainerLog log)
    {
        page.Line();
        page.Line($"<details open><summary>Log of container {MarkdownText.Escape(log.Container)} in task {MarkdownText.Escape(log.TaskId)}</summary>");
        page.Line();
        if (log.Note is { } note) page.Line(MarkdownText.Escape(note));
        if (log.Lines.Count > 0)
        {
            page.Line("```text");
            foreach (var line in log.Lines) page.Line(MarkdownText.Fenced(line));
            page.Line("```");
        }

        page.Line();
        page.Line("</details>");
    }

    private static void Times(MarkdownText page, RolloutTiming timing)
    {
        Heading(page, "Where the time went");
        page.Line("| Part | Time |");
        page.Line("|---|---:|");
        foreach (var part in timing.Parts) page.Line($"| {part.Name} | {RolloutTiming.Text(part.Seconds)} |");
        page.Line($"| unexplained | {RolloutTiming.Text(timing.UnexplainedSeconds)} |");
        page.Line($"| **whole** | **{RolloutTiming.Text(timing.Seconds)}** |");
        if (timing.Unknown.Count > 0)
        {
            page.Line();
            page.Line($"No timestamps that fit for: {string.Join(", ", timing.Unknown)}.");
        }

        if (timing.Advice.Count > 0) page.Line();
        foreach (var advice in timing.Advice) page.Line($"- {MarkdownText.Escape(advice)}");
    }

    private static void List(MarkdownText page, string title, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0) Heading(page, title);
        foreach (var text in texts) page.Line($"- {MarkdownText.Escape(text)}");
    }

    private static void Heading(MarkdownText page, string title)
    {
        page.Line();
        page.Line($"### {title}");
        page.Line();
    }
}
