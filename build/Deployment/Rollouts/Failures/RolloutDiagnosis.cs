using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>What ends the search after a failure.</summary>
/// <param name="Cause">One sentence.</param>
/// <param name="Remedy">An imperative; null where nothing better is known than to read the evidence.</param>
/// <param name="Evidence">Lines to show, in order.</param>
/// <param name="LogLines">What the failing containers wrote last. To show, not to keep: nobody knows what is in them.</param>
public sealed record Diagnosis(
    string Cause, string? Remedy, IReadOnlyList<string> Evidence, IReadOnlyList<(string Container, string Line)> LogLines);

/// <summary>
/// Gathers, once a deployment has failed, what a person would look for in five places: its failed tasks by reason, exit
/// codes, the circuit breaker's count, the last events, the last log lines. What cannot be read is said and skipped.
/// </summary>
public sealed class RolloutDiagnosis(IServiceDeployer deployer, ILogReader logs)
{
    private const int Events = 5;
    private const int LogLines = 30;
    private const int MaxLineLength = 500;

    /// <summary>Makes the diagnosis.</summary>
    /// <param name="goal">The deployment.</param>
    /// <param name="failure">What the tracker knows; null after a timeout or where another deployment took over.</param>
    /// <param name="observation">The last one; null where there was none.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<Diagnosis> MakeAsync(
        RolloutGoal goal, RolloutFailure? failure, RolloutObservation? observation, CancellationToken cancellationToken)
    {
        var groups = TaskFailures.Group(observation?.Tasks ?? [], goal.DeploymentId);
        var lines = new List<string>();
        foreach (var group in groups) lines.Add(Describe(group));
        if (observation is not null) lines.AddRange(Counts(goal, observation));

        var logLines = await ReadLogsAsync(goal, groups, lines, cancellationToken);
        var cause = failure ?? (groups is [var first, ..] ? first.ToFailure() : Likely(observation));
        if (logLines.Select(written => FailureCatalogue.Find(written.Line, null, FailureSource.Log)).FirstOrDefault(rule => rule?.Key is "image-platform") is { } told)
            cause = new RolloutFailure(told.Cause, told.Remedy);
        return new Diagnosis(cause.Cause, cause.Remedy, lines, logLines);
    }

    private static string Describe(FailureGroup group)
    {
        var states = group.Tasks.Count(task => task.IsStopped) == group.Tasks.Count ? "stopped" : "failing";
        var tasks = group.Tasks.Count == 1 ? "1 task" : FormattableString.Invariant($"{group.Tasks.Count} tasks");
        var exit = group.ExitCode is { } code ? FormattableString.Invariant($", exit code {code}") : string.Empty;
        var who = group.Container is { } name ? $" (container '{name}'{exit})" : string.Empty;
        var reason = group.Reason.Length == 0 ? "ECS told no reason" : group.Reason;
        return PlainText.Of($"{tasks} {states}{who}: {reason}", MaxLineLength);
    }

    private static IEnumerable<string> Counts(RolloutGoal goal, RolloutObservation observation)
    {
        var ours = observation.Service?.FindDeployment(goal.DeploymentId);
        if (ours is not null)
            yield return PlainText.Of(FormattableString.Invariant(
                $"deployment: {RolloutProgress.Describe(observation.Service!, ours)} {ours.RolloutStateReason}"), MaxLineLength);
        if (observation.ServiceDeployment?.Breaker is { FailureCount: { } count } breaker)
            yield return FormattableString.Invariant($"circuit breaker: {count} of {breaker.Threshold} failures");
        if (observation.ServiceDeployment?.Rollback?.Reason is { Length: > 0 } reason)
            yield return PlainText.Of($"rollback: {reason}", MaxLineLength);
        var events = observation.Service?.Events.Where(happened => ours?.CreatedAt is null || happened.At >= ours.CreatedAt) ?? [];
        foreach (var happened in events.Take(Events).Reverse())
            yield return PlainText.Of(FormattableString.Invariant($"event {happened.At:HH:mm:ss}: {happened.Message}"), MaxLineLength);
    }

    private static RolloutFailure Likely(RolloutObservation? observation)
    {
        var rule = observation?.Service?.Events.Take(Events)
            .Select(happened => FailureCatalogue.Find(happened.Message, null, FailureSource.Event))
            .FirstOrDefault(found => found is not null);
        return rule is null
            ? new RolloutFailure("No task of the deployment has failed so far.", null)
            : new RolloutFailure(rule.Cause, rule.Remedy);
    }

    private async Task<IReadOnlyList<(string Container, string Line)>> ReadLogsAsync(
        RolloutGoal goal, IReadOnlyList<FailureGroup> groups, List<string> evidence, CancellationToken cancellationToken)
    {
        var wanted = groups.Where(group => group.Container is not null).DistinctBy(group => group.Container).ToList();
        var read = new List<(string Container, string Line)>();
        if (wanted.Count == 0) return read;
        try
        {
            if (await deployer.FindTaskDefinitionAsync(goal.TaskDefinitionArn, cancellationToken) is not { } definition) return read;
            var streams = TaskLogs.Of(definition);
            foreach (var group in wanted)
            {
                if (streams.StreamOf(group.Container!, group.Tasks[0].Id) is not { } stream)
                {
                    evidence.Add($"container '{group.Container}' has no awslogs stream that could be read");
                    continue;
                }

                var page = await logs.TailAsync(stream, LogLines, cancellationToken);
                evidence.Add(page.Lines.Count == 0
                    ? $"container '{group.Container}' has written nothing to '{stream.Group}'"
                    : FormattableString.Invariant($"its last {page.Lines.Count} log lines are in '{stream.Group}', stream '{stream.Stream}'"));
                read.AddRange(page.Lines.Select(line => (group.Container!, PlainText.Of(line.Text, MaxLineLength))));
            }
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException)
        {
            evidence.Add($"the logs could not be read: {failure.Message}");
        }

        return read;
    }
}
