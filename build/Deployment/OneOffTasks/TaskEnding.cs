using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>How a one-off task ended. Pure.</summary>
/// <param name="Cause">Why it failed, in one sentence; null where it ended well.</param>
/// <param name="Remedy">An imperative; null where the catalogue has none.</param>
/// <param name="Evidence">What ECS says of it, one line each.</param>
internal sealed record TaskEnding(string? Cause, string? Remedy, IReadOnlyList<string> Evidence)
{
    private const int MaxLength = 500;

    /// <summary>Whether it can be judged: its sidecars may go on.</summary>
    public static bool IsDecided(TaskState task, string container) =>
        task.LastStatus == "STOPPED" || task.Containers.Any(one => one.Name == container && one.ExitCode is not null);

    /// <summary>The exit code of one container decides; what its sidecars return does not count.</summary>
    /// <param name="task">The task, once it is decided.</param>
    /// <param name="container">The container that decides.</param>
    /// <param name="written">What the catalogue knows of a line that the container wrote; null: nothing.</param>
    public static TaskEnding Of(TaskState task, string container, FailureRule? written = null)
    {
        var decisive = task.Containers.FirstOrDefault(candidate => candidate.Name == container);
        if (decisive?.ExitCode == 0) return new TaskEnding(null, null, []);

        // A plain exit code says nothing of a task that is meant to end.
        var rule = written ?? FailureCatalogue.Find(TaskFailures.ReasonOf(task), decisive?.ExitCode);
        if (rule is { Key: "exit" or "exit-1" }) rule = null;
        var what = decisive?.ExitCode is { } code
            ? FormattableString.Invariant($"Container '{container}' ended with exit code {code}.")
            : $"Container '{container}' has no exit code: it was never started, or never ended by itself.";
        return new TaskEnding(rule is null ? what : $"{rule.Cause} {what}", rule?.Remedy, [.. Lines(task)]);
    }

    private static IEnumerable<string> Lines(TaskState task)
    {
        var code = task.StopCode is null ? "stopped" : $"stop code {task.StopCode}";
        yield return PlainText.Of($"{code}: {task.StoppedReason ?? "ECS told no reason"}", MaxLength);
        foreach (var container in task.Containers)
        {
            var exit = container.ExitCode is { } number ? FormattableString.Invariant($"exit code {number}") : "no exit code";
            yield return PlainText.Of($"container '{container.Name}': {exit}{(container.Reason is null ? "" : $", {container.Reason}")}", MaxLength);
        }
    }
}
