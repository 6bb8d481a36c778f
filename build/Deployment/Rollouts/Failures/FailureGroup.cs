using System.Text.RegularExpressions;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Tasks of one deployment that failed in the same way.</summary>
/// <param name="Rule">The catalogue's rule; null where it knows none.</param>
/// <param name="Reason">In ECS's words, of the newest of them.</param>
/// <param name="Container">The container that is to blame; null where the task never got so far.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Tasks">Newest first.</param>
internal sealed record FailureGroup(FailureRule? Rule, string Reason, string? Container, int? ExitCode, IReadOnlyList<TaskState> Tasks)
{
    /// <summary>Whether there are so many of them that waiting makes no sense.</summary>
    public bool IsHopeless => Rule?.HopelessAfter is { } limit && Tasks.Count >= limit;

    /// <summary>The cause as one sentence, with container and exit code.</summary>
    public RolloutFailure ToFailure()
    {
        var cause = Rule?.Cause ?? $"Tasks stop: {Reason}";
        var detail = (Container, ExitCode) switch
        {
            ({ } name, { } code) => FormattableString.Invariant($" (container '{name}', exit code {code})"),
            ({ } name, null) => $" (container '{name}')",
            _ => string.Empty,
        };
        return new RolloutFailure(cause.TrimEnd('.') + detail + ".", Rule?.Remedy) { Key = Rule?.Key };
    }
}

/// <summary>Sorts the tasks of a deployment that failed, or are failing, by reason. Pure.</summary>
internal static partial class TaskFailures
{
    /// <summary>The groups, the largest first. Tasks that somebody stopped on purpose are none of them.</summary>
    public static IReadOnlyList<FailureGroup> Group(IEnumerable<TaskState> tasks, string deploymentId) =>
        [.. tasks
            .Where(task => task.StartedBy == deploymentId && HasFailed(task))
            .Select(task => (Task: task, Blamed: Blame(task), Reason: ReasonOf(task)))
            .Select(item => (item.Task, item.Blamed, item.Reason, Rule: FailureCatalogue.Find(item.Reason, item.Blamed?.ExitCode)))
            .GroupBy(item => (item.Rule?.Key ?? Normal(item.Reason), item.Blamed?.Name, item.Blamed?.ExitCode))
            .Select(same => (First: same.First(), Tasks: same.Select(item => item.Task).ToList()))
            .Select(same => new FailureGroup(same.First.Rule, same.First.Reason, same.First.Blamed?.Name, same.First.Blamed?.ExitCode, same.Tasks))
            .OrderByDescending(group => group.Tasks.Count)];

    /// <summary>Everything that ECS says about the end of a task, in one line.</summary>
    public static string ReasonOf(TaskState task)
    {
        var reasons = task.Containers.Select(container => container.Reason).Prepend(task.StoppedReason)
            .Where(reason => !string.IsNullOrWhiteSpace(reason))
            .Distinct(StringComparer.Ordinal);
        return string.Join("; ", reasons);
    }

    /// <summary>A pull error shows in a pending task before ECS stops it.</summary>
    private static bool HasFailed(TaskState task)
    {
        if (!task.IsStopped) return task.LastStatus != "RUNNING" && task.Containers.Any(container => !string.IsNullOrWhiteSpace(container.Reason));
        return task.StopCode switch
        {
            "UserInitiated" or "SpotInterruption" or "TerminationNotice" => false,
            "ServiceSchedulerInitiated" => task.StoppedReason?.Contains("Scaling activity", StringComparison.OrdinalIgnoreCase) != true,
            _ => true,
        };
    }

    /// <summary>When one essential container ends, ECS kills the others: 137 and 143 are mostly the victims.</summary>
    private static ContainerState? Blame(TaskState task) =>
        task.Containers.FirstOrDefault(container => !string.IsNullOrWhiteSpace(container.Reason))
        ?? task.Containers.FirstOrDefault(container => container.ExitCode is not (null or 0 or 137 or 143))
        ?? task.Containers.FirstOrDefault(container => container.ExitCode is 137 or 143 && task.Containers.Count == 1)
        ?? task.Containers.FirstOrDefault(container => container.ExitCode is 0)
        ?? task.Containers.FirstOrDefault(container => container.ExitCode is not null);

    private static string Normal(string reason) => Identifier().Replace(reason, "…");

    [GeneratedRegex("[0-9a-f]{8,}|[0-9]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
