using System.Text.RegularExpressions;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>What an observation holds for a person who looks for the cause. Pure.</summary>
internal static partial class EvidenceOf
{
    private const int MostEvents = 8;
    private const int MostTargets = 5;
    private const int MostGroups = 6;
    private const int MostTasks = 5;
    private const int LongestText = 2000;

    /// <summary>The evidence of an observation.</summary>
    /// <param name="deploymentId">Our deployment.</param>
    /// <param name="seen">The last observation.</param>
    /// <param name="begin">When the deployment began; null: all events count.</param>
    public static RolloutEvidence Observation(string deploymentId, RolloutObservation seen, DateTimeOffset? begin)
    {
        var ours = seen.Service?.FindDeployment(deploymentId);
        var events = (seen.Service?.Events ?? []).Where(happened => begin is null || happened.At >= begin).ToList();
        return new RolloutEvidence(
            Deployment(ours, seen.ServiceDeployment), Tasks(deploymentId, seen.Tasks), Breaker(seen.ServiceDeployment), Targets(events),
            [.. events.Take(MostEvents).Reverse().Select(happened => new EventEvidence(happened.At, Plain(happened.Message)))], []);
    }

    private static DeploymentEvidence? Deployment(DeploymentState? ours, ServiceDeploymentState? modern) => ours is null && modern is null ? null
        : new DeploymentEvidence(
            modern?.Status ?? ours?.RolloutState ?? ours?.Status,
            Optional(modern?.Reason ?? ours?.RolloutStateReason),
            Optional(modern?.Rollback?.Reason),
            [.. (modern?.TriggeredAlarms ?? []).Select(Plain)],
            ours?.DesiredCount ?? modern?.Target?.Requested,
            ours?.RunningCount ?? modern?.Target?.Running,
            ours?.PendingCount ?? modern?.Target?.Pending,
            ours?.FailedTasks);

    private static List<TaskGroupEvidence> Tasks(string deploymentId, IReadOnlyList<TaskState> tasks)
    {
        List<FailureGroup> failed = [.. TaskFailures.Group(tasks, deploymentId), .. TaskFailures.Interrupted(tasks, deploymentId)];
        var told = failed.SelectMany(group => group.Tasks).Select(task => task.Arn).ToHashSet(StringComparer.Ordinal);
        var waiting = tasks
            .Where(task => task.StartedBy == deploymentId && !task.IsStopped && task.LastStatus != "RUNNING" && !told.Contains(task.Arn))
            .GroupBy(task => task.LastStatus);
        return
        [
            .. failed.Take(MostGroups).Select(group => Group(group.Rule?.Key, group.Reason, group.Tasks)),
            .. waiting.Select(group => Group(null, $"waits in {group.Key}", [.. group])),
        ];
    }

    private static TaskGroupEvidence Group(string? cause, string reason, IReadOnlyList<TaskState> tasks) => new(
        cause,
        reason.Length == 0 ? "ECS tells no reason" : Plain(reason),
        tasks.Select(task => task.StopCode).FirstOrDefault(code => code is not null),
        tasks.Count(task => task.IsStopped),
        tasks.Count(task => !task.IsStopped),
        [.. tasks.Take(MostTasks).Select(task => task.Id)],
        [.. tasks.SelectMany(task => task.Containers)
            .Where(container => container.ExitCode is not null)
            .GroupBy(container => (Plain(container.Name), container.ExitCode!.Value))
            .Select(same => new ExitCodeEvidence(same.Key.Item1, same.Key.Value, same.Count()))]);

    private static CircuitBreakerEvidence? Breaker(ServiceDeploymentState? modern) =>
        modern?.Breaker is { } breaker and not { Status: null, FailureCount: null }
            ? new CircuitBreakerEvidence(breaker.Status, breaker.FailureCount, breaker.Threshold)
            : null;

    private static List<TargetHealthEvidence> Targets(IReadOnlyList<ServiceEvent> events) =>
        [.. events
            .Select(happened => (happened.At, Match: Unhealthy().Match(happened.Message)))
            .Where(told => told.Match.Success)
            .GroupBy(told => (Target: TargetOf(told.Match), Reason: Plain(told.Match.Groups["reason"].Value)))
            .Take(MostTargets)
            .Select(same => new TargetHealthEvidence(same.Max(told => told.At), same.Key.Target, same.Key.Reason, same.Count()))];

    private static string TargetOf(Match match)
    {
        var group = match.Groups["group"].Value.Split('/') is [_, var name, _] ? name : match.Groups["group"].Value;
        return Plain(match.Groups["port"].Success ? $"port {match.Groups["port"].Value} in target group '{group}'" : $"target group '{group}'");
    }

    private static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : Plain(text);

    private static string Plain(string text) => PlainText.Of(text, LongestText);

    [GeneratedRegex("(?:\\(port (?<port>\\d+)\\) )?is unhealthy in \\(?(?:target-group|elb) (?<group>[^ )]+)\\)? due to \\(reason (?<reason>[^)]+)\\)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Unhealthy();
}
