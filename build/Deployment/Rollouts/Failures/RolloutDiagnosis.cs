using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>What ends the search after a failure.</summary>
/// <param name="Failure">The cause.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Logs">What the failing containers wrote last.</param>
/// <param name="Links">Where those logs are.</param>
public sealed record Diagnosis(
    RolloutFailure Failure, RolloutEvidence Evidence, IReadOnlyList<ContainerLog> Logs, IReadOnlyList<ReportLink> Links);

/// <summary>
/// Gathers, once a deployment has failed, what a person would look for in five places: its failed tasks by reason, exit
/// codes, the circuit breaker's count, the last events, the last log lines. What cannot be read is said and skipped; the
/// search ends in time and never fails itself, so that the verdict is told whatever happens.
/// </summary>
/// <param name="deployer">Where tasks and task definitions are.</param>
/// <param name="logs">Where log lines are.</param>
/// <param name="time">The clock of the search's own limit.</param>
/// <param name="localPage">The page of the embedded cloud; null on AWS.</param>
public sealed class RolloutDiagnosis(IServiceDeployer deployer, ILogReader logs, TimeProvider time, string? localPage = null)
{
    /// <summary>How long the search may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Makes the diagnosis.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="failure">What the tracker knows; null after a timeout.</param>
    /// <param name="seen">The last observation; null where there was none.</param>
    /// <param name="cancellationToken">Ends the search; what was found until then is the diagnosis.</param>
    public async Task<Diagnosis> MakeAsync(
        DeploymentArtifact deployment, RolloutFailure? failure, RolloutObservation? seen, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var notRead = new List<string>();
        var observation = seen ?? new RolloutObservation(null, []);
        await TryAsync(
            "the tasks", notRead,
            async () => observation = observation with { Tasks = await deployer.ListTasksAsync(deployment.Cluster, deployment.Service, both.Token) },
            cancellationToken);

        var ours = observation.Service?.FindDeployment(deployment.DeploymentId);
        var groups = TaskFailures.Group(observation.Tasks, deployment.DeploymentId);
        var containerLogs = new ContainerLogs(deployer, logs, localPage);
        await TryAsync(
            "the logs", notRead, () => containerLogs.ReadAsync(deployment, groups, observation.Service, both.Token), cancellationToken);

        var evidence = EvidenceOf.Observation(
            deployment.DeploymentId, observation, ours?.CreatedAt ?? observation.ServiceDeployment?.CreatedAt ?? deployment.StartedAt);
        var cause = CauseOf.Failure(
            failure, groups, TaskFailures.Interrupted(observation.Tasks, deployment.DeploymentId), observation.Service, ours, containerLogs.Found);
        return new Diagnosis(cause, evidence with { NotRead = notRead }, containerLogs.Found, containerLogs.Links);
    }

    private static async Task TryAsync(string what, List<string> notRead, Func<Task> read, CancellationToken cancelled)
    {
        try
        {
            await read();
        }
        catch (OperationCanceledException)
        {
            notRead.Add(cancelled.IsCancellationRequested
                ? $"{what}: the run was cancelled"
                : FormattableString.Invariant($"{what}: no answer within {Limit.TotalSeconds:0} s"));
        }
        catch (Exception failure)
        {
            var isExpected = failure is SlipwayException or TransientServiceException;
            notRead.Add(PlainText.Of($"{what}: {(isExpected ? failure.Message : $"{failure.GetType().Name} {failure.Message}")}", 600));
        }
    }
}
