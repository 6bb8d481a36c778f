using System.Text.RegularExpressions;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Sorts the tasks of a deployment that failed, or are failing, by reason. Pure.</summary>
internal static partial class TaskFailures
{
    /// <summary>The groups, the largest first. Tasks that somebody stopped on purpose are none of them.</summary>
    public static IReadOnlyList<FailureGroup> Group(IEnumerable<TaskState> tasks, string deploymentId) =>
        Sort(tasks.Where(task => task.StartedBy == deploymentId && HasFailed(task)));

    /// <summary>Those that a person or AWS stopped: no failure of the deployment, and still why it may not come to an end.</summary>
    public static IReadOnlyList<FailureGroup> Interrupted(IEnumerable<TaskState> tasks, string deploymentId) =>
        Sort(tasks.Where(task => task.StartedBy == deploymentId && task.IsStopped && !HasFailed(task) && !IsScaling(task)));

    /// <summary>What the service's events since the deployment began tell of failures, the newest first: also where no task was ever made.</summary>
    public static IReadOnlyList<FailureGroup> InEvents(ServiceState service, DeploymentState? ours) =>
        [.. service.Events
            .Where(happened => ours?.CreatedAt is null || happened.At >= ours.CreatedAt)
            .Select(happened => (happened.Message, Rule: FailureCatalogue.Find(happened.Message, null, FailureSource.Event, FailureNames.RegionOf(service.Arn))))
            .Where(told => told.Rule is not null)
            .GroupBy(told => told.Rule!.Key)
            .Select(same => new FailureGroup(same.First().Rule, same.First().Message, null, null, [])
            {
                Count = same.Count(),
                Region = FailureNames.RegionOf(service.Arn),
            })];

    /// <summary>Everything that ECS says about the end of a task, in one line.</summary>
    public static string ReasonOf(TaskState task)
    {
        var reasons = task.Containers.Select(container => container.Reason).Prepend(task.StoppedReason)
            .Where(reason => !string.IsNullOrWhiteSpace(reason))
            .Distinct(StringComparer.Ordinal);
        return string.Join("; ", reasons);
    }

    private static IReadOnlyList<FailureGroup> Sort(IEnumerable<TaskState> tasks) =>
        [.. tasks
            .Select(Judge)
            .GroupBy(judged => judged.Sameness)
            .Select(same => (First: same.First(), Tasks: same.Select(judged => judged.Task).ToList(), Container: same.FirstOrDefault(judged => judged.Container is not null)?.Container))
            .Select(same => new FailureGroup(same.First.Rule, same.First.Reason, same.Container, same.First.ExitCode, same.Tasks))
            .OrderByDescending(group => group.Tasks.Count)];

    /// <summary>A pull error shows in a pending task before ECS stops it.</summary>
    private static bool HasFailed(TaskState task)
    {
        if (!task.IsStopped) return task.LastStatus != "RUNNING" && task.Containers.Any(container => !string.IsNullOrWhiteSpace(container.Reason));
        return task.StopCode switch
        {
            "UserInitiated" or "SpotInterruption" or "TerminationNotice" => false,
            _ => !IsScaling(task),
        };
    }

    private static bool IsScaling(TaskState task) => task.StopCode == "ServiceSchedulerInitiated"
        && task.StoppedReason?.Contains("Scaling activity", StringComparison.OrdinalIgnoreCase) == true;

    private static Judged Judge(TaskState task)
    {
        var reason = ReasonOf(task);
        var blamed = Blame(task);
        var rule = FailureCatalogue.Find(reason, blamed?.ExitCode, FailureSource.Task, FailureNames.RegionOf(task.Arn));

        // What ECS stopped for another reason ends with some exit code, too; then the code is no failure of its own.
        var isOwn = rule is null || rule.ExitCode is not null || rule.NeedsExitCode || !string.IsNullOrWhiteSpace(blamed?.Reason);
        var name = isOwn || task.Containers.Count == 1 ? blamed?.Name : null;
        var code = isOwn ? blamed?.ExitCode : null;
        var isOfProgram = rule is null || rule.ExitCode is not null || rule.NeedsExitCode;
        var sameness = isOfProgram ? (rule?.Key ?? Normal(reason), name, code) : (rule!.Key, null, null);
        return new Judged(task, reason, rule, name, code, sameness);
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

    private sealed record Judged(
        TaskState Task, string Reason, FailureRule? Rule, string? Container, int? ExitCode, (string Kind, string? Container, int? ExitCode) Sameness);
}
