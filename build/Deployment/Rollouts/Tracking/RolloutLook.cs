using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>What one look gave.</summary>
/// <param name="Observation">Null where the service could not be read.</param>
/// <param name="HasChanged">Whether anything moved since the look before.</param>
/// <param name="Troubles">The calls that failed for reasons that pass.</param>
internal sealed record RolloutGlance(RolloutObservation? Observation, bool HasChanged, IReadOnlyList<TransientServiceException> Troubles);

/// <summary>
/// Looks at one rollout with few calls: the service and its service deployment each time, the tasks only when something
/// moved, when a verdict needs them, and now and then. What one call could not read is taken from the look before.
/// </summary>
internal sealed class RolloutLook(
    IServiceDeployer deployer, IReport report, string cluster, string service, RolloutGoal goal, string? serviceDeploymentArn)
{
    // A pull error shows in a pending task without any count of the service moving.
    private static readonly TimeSpan whilePending = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan whileCalm = TimeSpan.FromSeconds(15);

    private readonly ServiceDeploymentFinder finder = new(deployer, cluster, service, goal);
    private readonly List<TransientServiceException> troubles = [];
    private string? arn = serviceDeploymentArn;
    private bool isById;
    private TimeSpan? searchingSince;
    private ServiceDeploymentState? modern;
    private string? rollbackTo;
    private IReadOnlyList<TaskState> tasks = [];
    private TimeSpan? tasksReadAt;
    private string seen = string.Empty;

    /// <summary>Looks. Only failures that time may cure are caught.</summary>
    /// <param name="waited">How long the wait has lasted.</param>
    /// <param name="needsTasks">Whether the last decision lacked only the tasks.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<RolloutGlance> TakeAsync(TimeSpan waited, bool needsTasks, CancellationToken cancellationToken)
    {
        troubles.Clear();

        // First, so that the service is not shown older than the word on its end.
        var isRead = await ReadServiceDeploymentAsync(waited, cancellationToken);
        if (await TryAsync(() => deployer.FindServiceAsync(cluster, service, cancellationToken)) is not (true, var state))
            return new RolloutGlance(null, false, [.. troubles]);
        if (state is null) return new RolloutGlance(new RolloutObservation(null, []), Moves(string.Empty), [.. troubles]);

        if (arn is null && !isById) await SearchAsync(state, waited, cancellationToken);
        if (!isRead) await ReadServiceDeploymentAsync(waited, cancellationToken);
        var hasChanged = Moves(Signature(state));
        var areCurrent = await ReadTasksAsync(state, hasChanged || needsTasks, waited, cancellationToken);
        var observation = new RolloutObservation(state, tasks, modern)
        {
            IsSearching = !isById && modern is null,
            HasCurrentTasks = areCurrent,
            RollbackTaskDefinitionArn = rollbackTo,
        };
        return new RolloutGlance(observation, hasChanged, [.. troubles]);
    }

    private async Task<bool> ReadServiceDeploymentAsync(TimeSpan waited, CancellationToken cancellationToken)
    {
        if (arn is null || isById) return isById;
        var (isAnswered, found) = await TryAsync(() => deployer.FindServiceDeploymentAsync(arn, cancellationToken));
        if (found is not null) (modern, searchingSince) = (found, null);
        else if (modern is null || isAnswered) GiveUpAfter(waited, isAnswered, $"ECS shows no service deployment '{arn}', or not to these credentials");
        if (modern?.Rollback?.RevisionArn is { } revision && rollbackTo is null) await NameRollbackAsync(revision, cancellationToken);
        return true;
    }

    private async Task SearchAsync(ServiceState state, TimeSpan waited, CancellationToken cancellationToken)
    {
        var createdAt = state.FindDeployment(goal.DeploymentId)?.CreatedAt;
        (var isAnswered, arn) = await TryAsync(() => finder.FindAsync(createdAt, cancellationToken));
        if (arn is not null) report.Detail($"Service deployment: '{arn}'.");
        else if (finder.NotOffered is { } reason) FollowById(reason);
        else GiveUpAfter(waited, isAnswered, "ECS lists no service deployment for it");
    }

    private async Task NameRollbackAsync(string revision, CancellationToken cancellationToken)
    {
        try
        {
            var (_, found) = await TryAsync(() => deployer.FindServiceRevisionsAsync([revision], cancellationToken));
            rollbackTo = found is [var target, ..] ? target.TaskDefinitionArn : null;
        }
        catch (SlipwayException refused)
        {
            // Only a name in a message hangs on it.
            report.Detail(refused.Message);
            rollbackTo = goal.PreviousTaskDefinitionArn ?? revision;
        }
    }

    private async Task<bool> ReadTasksAsync(ServiceState state, bool isNeeded, TimeSpan waited, CancellationToken cancellationToken)
    {
        var pause = state.PendingCount > 0 || state.RunningCount < state.DesiredCount ? whilePending : whileCalm;
        if (!isNeeded && tasksReadAt is { } last && waited - last < pause) return true;
        tasksReadAt = null;
        if (await TryAsync(() => deployer.ListTasksAsync(cluster, service, cancellationToken)) is not (true, { } found)) return false;
        (tasks, tasksReadAt) = (found, waited);
        return true;
    }

    /// <summary>ECS may show a new service deployment late, and may be asked for too much; an endpoint that never answers does not offer it.</summary>
    private void GiveUpAfter(TimeSpan waited, bool isAnswered, string reason)
    {
        searchingSince ??= waited;
        var patience = !isAnswered && troubles[^1].Throttled ? 4 * RolloutTracker.Appearance : RolloutTracker.Appearance;
        if (waited - searchingSince >= patience) FollowById(isAnswered ? reason : troubles[^1].Message);
    }

    private void FollowById(string reason)
    {
        // What it said last would be taken for the state of now.
        (isById, modern) = (true, null);
        report.Detail($"{reason}: following deployment '{goal.DeploymentId}' by its id.");
    }

    private bool Moves(string now)
    {
        var hasChanged = now != seen;
        seen = now;
        return hasChanged;
    }

    private string Signature(ServiceState state)
    {
        var deployments = state.Deployments.Select(deployment => FormattableString.Invariant(
            $"{deployment.Id} {deployment.Status} {deployment.RolloutState} {deployment.DesiredCount} {deployment.RunningCount} {deployment.PendingCount} {deployment.FailedTasks}"));
        var events = state.Events is [var newest, ..] ? newest.Id : string.Empty;
        var progress = modern is null
            ? string.Empty
            : $"{modern.Status} {modern.LifecycleStage} {modern.Breaker} {modern.Target}";
        return FormattableString.Invariant($"{state.Status} {state.DesiredCount} {state.RunningCount} {state.PendingCount} {events} {progress} ")
            + string.Join('|', deployments);
    }

    private async Task<(bool IsAnswered, T? Answer)> TryAsync<T>(Func<Task<T>> ask)
        where T : class?
    {
        try
        {
            return (true, await ask());
        }
        catch (TransientServiceException trouble)
        {
            troubles.Add(trouble);
            return (false, null);
        }
    }
}
