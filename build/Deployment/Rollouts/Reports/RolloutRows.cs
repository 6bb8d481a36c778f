using Slipway.Deployment.Rollouts.Timing;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>What a row of a report is, for its colour.</summary>
public enum RowKind
{
    /// <summary>Evidence.</summary>
    Plain,

    /// <summary>The cause.</summary>
    Cause,

    /// <summary>What to try.</summary>
    Remedy,

    /// <summary>A line that a container wrote.</summary>
    Log,

    /// <summary>An address.</summary>
    Link,
}

/// <summary>One row of a report.</summary>
/// <param name="Label">What it is about; empty where the row above says it.</param>
/// <param name="Text">One line, as long as it is.</param>
/// <param name="Kind">Its kind.</param>
public sealed record ReportRow(string Label, string Text, RowKind Kind = RowKind.Plain);

/// <summary>A report as rows of a label and a text, in the order in which a person reads them. Pure.</summary>
public static class RolloutRows
{
    /// <summary>Everything that the report holds.</summary>
    public static IReadOnlyList<ReportRow> Of(RolloutReport report)
    {
        var rows = new List<ReportRow>();
        if (report.Failure is { } failure)
        {
            rows.Add(new ReportRow("Cause", failure.Key is null ? failure.Cause : $"{failure.Cause} [{failure.Key}]", RowKind.Cause));
            if (report.Remedy is { } remedy) rows.Add(new ReportRow("Try", remedy, RowKind.Remedy));
        }

        Evidence(rows, report.Evidence);
        foreach (var log in report.Logs) Log(rows, log);
        if (report.Timing is { } timing) rows.AddRange(Times(timing));
        Add(rows, "Note", report.Notes);
        Add(rows, "Not read", report.Evidence.NotRead);
        foreach (var link in report.Links) rows.Add(new ReportRow(Label(rows, "See"), $"{link.Name}: {link.Address}", RowKind.Link));
        return rows;
    }

    /// <summary>Where the time went, a row for each part.</summary>
    public static IEnumerable<ReportRow> Times(RolloutTiming timing)
    {
        yield return new ReportRow("Time", $"{RolloutTiming.Text(timing.Seconds)}; the task that came up last is {timing.TaskId}");
        foreach (var part in timing.Parts) yield return new ReportRow(string.Empty, $"{RolloutTiming.Text(part.Seconds),7}  {part.Name}");
        if (timing.UnexplainedSeconds >= 0.05) yield return new ReportRow(string.Empty, $"{RolloutTiming.Text(timing.UnexplainedSeconds),7}  unexplained");
        if (timing.Unknown.Count > 0) yield return new ReportRow(string.Empty, $"unknown, for lack of timestamps that fit: {string.Join(", ", timing.Unknown)}");
        foreach (var advice in timing.Advice) yield return new ReportRow("Advice", advice);
    }

    /// <summary>"2 stopped (TaskFailedToStart)", "1 pending".</summary>
    public static string CountOf(TaskGroupEvidence group)
    {
        var stopped = group.Stopped == 0 ? null : FormattableString.Invariant($"{group.Stopped} stopped") + (group.StopCode is { } code ? $" ({code})" : string.Empty);
        var pending = group.Pending == 0 ? null : FormattableString.Invariant($"{group.Pending} pending");
        return string.Join(", ", new[] { stopped, pending }.OfType<string>());
    }

    /// <summary>"exit codes: web 137 (2 ×), sidecar 0"; null where there are none.</summary>
    public static string? ExitCodesOf(TaskGroupEvidence group) => group.ExitCodes.Count == 0 ? null
        : "exit codes: " + string.Join(", ", group.ExitCodes.Select(exit =>
            FormattableString.Invariant($"{exit.Container} {exit.ExitCode}") + (exit.Count > 1 ? FormattableString.Invariant($" ({exit.Count} ×)") : string.Empty)));

    /// <summary>"IN_PROGRESS, 0 of 1 running, 1 pending, 3 failed".</summary>
    public static string StateOf(DeploymentEvidence deployment)
    {
        var text = deployment.State ?? "unknown state";
        if (deployment.Running is { } running) text += FormattableString.Invariant($", {running} of {deployment.Desired} running");
        if (deployment.Pending is > 0 and var pending) text += FormattableString.Invariant($", {pending} pending");
        if (deployment.Failed is > 0 and var failed) text += FormattableString.Invariant($", {failed} failed");
        return text;
    }

    /// <summary>"2 of 3 failures (MONITORING)".</summary>
    public static string TextOf(CircuitBreakerEvidence breaker)
    {
        var count = breaker.Failures is { } failures ? FormattableString.Invariant($"{failures} of {breaker.Threshold?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} failures") : null;
        return breaker.Status is null ? count ?? "unknown" : count is null ? breaker.Status : $"{count} ({breaker.Status})";
    }

    private static void Evidence(List<ReportRow> rows, RolloutEvidence evidence)
    {
        if (evidence.Deployment is { } deployment)
        {
            rows.Add(new ReportRow("Deployment", StateOf(deployment)));
            if (deployment.Reason is { } reason) rows.Add(new ReportRow(string.Empty, reason));
            if (deployment.Rollback is { } rollback && rollback != deployment.Reason) rows.Add(new ReportRow("Rollback", rollback));
            Add(rows, "Alarm", deployment.Alarms);
        }

        if (evidence.CircuitBreaker is { } breaker) rows.Add(new ReportRow("Breaker", TextOf(breaker)));
        foreach (var group in evidence.Tasks)
        {
            rows.Add(new ReportRow(Label(rows, "Tasks"), $"{CountOf(group)}: {group.Reason}"));
            var more = group.Stopped + group.Pending - group.TaskIds.Count;
            rows.Add(new ReportRow(string.Empty, "  ids: " + string.Join(", ", group.TaskIds) + (more > 0 ? FormattableString.Invariant($" and {more} more") : string.Empty)));
            if (ExitCodesOf(group) is { } exits) rows.Add(new ReportRow(string.Empty, "  " + exits));
        }

        foreach (var target in evidence.TargetHealth)
        {
            var often = target.Count > 1 ? FormattableString.Invariant($" ({target.Count} ×)") : string.Empty;
            rows.Add(new ReportRow(Label(rows, "Targets"), $"{target.Target}: {target.Reason}{often}"));
        }

        foreach (var happened in evidence.Events)
            rows.Add(new ReportRow(Label(rows, "Events"), FormattableString.Invariant($"{happened.At.UtcDateTime:HH:mm:ss}  {happened.Message}")));
    }

    private static void Log(List<ReportRow> rows, ContainerLog log)
    {
        var place = log.Place is null ? string.Empty : $", {log.Place}";
        var what = log.Note ?? FormattableString.Invariant($"its last {log.Lines.Count} lines");
        rows.Add(new ReportRow("Log", $"container '{log.Container}' of task {log.TaskId}{place}: {what}"));
        rows.AddRange(log.Lines.Select(line => new ReportRow(string.Empty, $"| {line}", RowKind.Log)));
    }

    private static void Add(List<ReportRow> rows, string label, IEnumerable<string> texts)
    {
        foreach (var text in texts) rows.Add(new ReportRow(Label(rows, label), text));
    }

    // The label of the rows above that have none of their own.
    private static string Label(List<ReportRow> rows, string label) => rows.FindLast(row => row.Label.Length > 0)?.Label == label ? string.Empty : label;
}
