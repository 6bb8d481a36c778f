using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>
/// WaitStable's work: follows the deployment that <c>deployment.json</c> names to its end, on whatever machine, and
/// writes <c>outcome.json</c>. Anything but success is a <see cref="SlipwayException"/> with the exit code of its kind.
/// </summary>
public sealed class WaitForStable(
    DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, ILogReader logs, IReport report, TimeProvider time)
{
    private string Resume => BuildCommand.For("WaitStable", settings.Environment, "--exclusive");

    /// <summary>Waits, at the longest for the setting 'timeout'.</summary>
    public async Task<OutcomeArtifact> RunAsync(CancellationToken cancellationToken)
    {
        var deployment = store.Read<DeploymentArtifact>();
        if (deployment.Region != settings.Region)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput,
                $"'{store.PathOf("deployment.json")}' is about region {deployment.Region}, but the settings name region {settings.Region}.",
                $"pass --region={deployment.Region}");
        }

        var begin = time.GetUtcNow();
        var goal = RolloutGoal.Of(deployment, settings);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var watcher = new RolloutWatcher(deployer, report, time) { TellsEvents = !deployment.NothingToDo };
            var result = await watcher.WatchAsync(deployment.Cluster, deployment.Service, goal, deployment.ServiceDeploymentArn, cancellationToken);
            return result.Decision is RolloutDecision.Stable stable
                ? Succeed(deployment, stable, result.LastSeen, time.GetUtcNow() - begin)
                : throw await FailAsync(deployment, goal, result, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var cancelled = await new CancelDeployment(settings, deployer, time).RunAsync(deployment);
            Keep(deployment, Verdict.Cancelled, cancelled.What, cancelled.Remedy, []);
            throw new SlipwayException(ExitCode.Cancelled, $"The run was cancelled. {cancelled.What}", cancelled.Remedy);
        }
    }

    private OutcomeArtifact Succeed(DeploymentArtifact deployment, RolloutDecision.Stable stable, RolloutObservation? seen, TimeSpan took)
    {
        foreach (var note in stable.Notes) report.Warning(note);
        var service = seen?.Service;
        var running = FormattableString.Invariant($"{service?.RunningCount} of {service?.DesiredCount} tasks run");
        var revision = ResourceName.Of(deployment.TaskDefinitionArn);
        var digest = stable.Notes.Count == 0 && deployment.ImageDigest is { } pushed ? $", image {pushed}" : string.Empty;
        report.Fact(deployment.NothingToDo
            ? $"Service '{deployment.Service}' is stable on '{revision}' as before: {running}{digest}."
            : FormattableString.Invariant($"Service '{deployment.Service}' is stable on '{revision}' after {took.TotalSeconds:0} s: {running}{digest}."));
        return Keep(deployment, deployment.NothingToDo ? Verdict.NothingToDo : Verdict.Succeeded, null, null, stable.Notes);
    }

    private async Task<SlipwayException> FailAsync(
        DeploymentArtifact deployment, RolloutGoal goal, RolloutResult result, CancellationToken cancellationToken)
    {
        var ending = RolloutEnding.Of(deployment, result.Decision, settings.Timeout, Resume);
        var diagnosis = ending.ExitCode == ExitCode.Superseded
            ? new Diagnosis(ending.Failure!.Cause, ending.Failure.Remedy, [], [])
            : await new RolloutDiagnosis(deployer, logs).MakeAsync(goal, ending.Failure, result.LastSeen, cancellationToken);

        foreach (var (container, line) in diagnosis.LogLines) report.Line(container, line);
        var remedy = diagnosis.Remedy ?? ending.Remedy;
        Keep(deployment, ending.Verdict, diagnosis.Cause, remedy, diagnosis.Evidence);
        var lines = diagnosis.Evidence.Select(line => $"  {line}");
        return new SlipwayException(ending.ExitCode, string.Join('\n', [$"{ending.Title} {diagnosis.Cause}", .. lines]), remedy);
    }

    private OutcomeArtifact Keep(DeploymentArtifact deployment, string verdict, string? cause, string? remedy, IReadOnlyList<string> evidence)
    {
        var outcome = new OutcomeArtifact(
            OutcomeArtifact.CurrentSchema, settings.Environment, deployment.Fingerprint, verdict, cause, remedy, deployment.TaskDefinitionArn,
            deployment.DeploymentId, deployment.StartedAt, time.GetUtcNow(), evidence);
        store.Write(outcome);
        return outcome;
    }
}
