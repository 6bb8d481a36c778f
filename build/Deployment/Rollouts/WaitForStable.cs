using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Timing;
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
    /// <summary>The report for people, beside <c>outcome.json</c>.</summary>
    internal const string ReportFile = "report.md";

    /// <summary>What a complete deployment must pass.</summary>
    public RolloutProof Proof { get; init; } = RolloutProof.None;

    /// <summary>Who waits; null where the run has compared the account already.</summary>
    public ICallerIdentity? Identity { get; init; }

    private string Resume => BuildCommand.For("WaitStable", settings.Environment, "--exclusive");

    private string? LocalPage => settings.LocalCloud is { } local ? $"{local.Endpoint}/" : null;

    private TimingOf Times => new(deployer, time);

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

        // An end without an outcome must not leave that of an earlier run.
        store.Remove<OutcomeArtifact>();
        store.Remove(ReportFile);
        var begin = time.GetTimestamp();
        var goal = RolloutGoal.Of(deployment, settings);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RefuseAnotherAccountAsync(deployment, cancellationToken);
            var watcher = new RolloutWatcher(deployer, report, time) { TellsEvents = !deployment.NothingToDo, Proof = Proof };
            var result = await watcher.WatchAsync(deployment.Cluster, deployment.Service, goal, deployment.ServiceDeploymentArn, cancellationToken);
            return result.Decision is RolloutDecision.Stable stable
                ? await SucceedAsync(deployment, stable, result, time.GetElapsedTime(begin), cancellationToken)
                : throw await FailAsync(deployment, result, cancellationToken);
        }
        catch (SlipwayException failure) when (failure.ExitCode == ExitCode.PreconditionFailed)
        {
            // Credentials that ended, above all: the deployment does not need them.
            throw new SlipwayException(
                failure.ExitCode,
                $"{failure.Message} The wait ends here; deployment '{deployment.DeploymentId}' of service '{deployment.Service}' goes on in ECS.",
                failure.Remedy is null ? $"{Resume} to go on waiting" : $"{failure.Remedy}; then {Resume} to go on waiting", failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var cancelled = await new CancelDeployment(settings, deployer, time).RunAsync(deployment);
            var refusal = new SlipwayException(ExitCode.Cancelled, $"The run was cancelled. {cancelled.What}", cancelled.Remedy);
            var rollout = new RolloutReport(
                Verdict.Cancelled, ExitCode.Cancelled, refusal.Message, new RolloutFailure(cancelled.What, cancelled.Remedy), RolloutEvidence.None)
            {
                Remedy = cancelled.Remedy,
                Links = Links(deployment),
            };
            Keep(deployment, rollout, null);
            throw refusal;
        }
    }

    private async Task<OutcomeArtifact> SucceedAsync(
        DeploymentArtifact deployment, RolloutDecision.Stable stable, RolloutResult result, TimeSpan took, CancellationToken cancellationToken)
    {
        foreach (var note in stable.Notes) report.Warning(note);
        var service = result.LastSeen?.Service;
        var running = FormattableString.Invariant($"{service?.RunningCount} of {service?.DesiredCount} tasks run");
        var revision = ResourceName.Of(deployment.TaskDefinitionArn);
        var digest = stable.Notes.Count == 0 && deployment.ImageDigest is { } pushed ? $", image {pushed}" : string.Empty;
        var title = deployment.NothingToDo
            ? $"Service '{deployment.Service}' is stable on '{revision}' as before: {running}{digest}."
            : FormattableString.Invariant($"Service '{deployment.Service}' is stable on '{revision}' after {took.TotalSeconds:0} s: {running}{digest}.");
        report.Fact(title);
        var rollout = new RolloutReport(
            deployment.NothingToDo ? Verdict.NothingToDo : Verdict.Succeeded, ExitCode.Done, title, null, RolloutEvidence.None)
        {
            Notes = stable.Notes,
            Links = Links(deployment),
            Timing = deployment.NothingToDo ? null : await Times.MakeAsync(deployment, result.LastSeen, cancellationToken),
        };
        report.Rollout(rollout);
        return Keep(deployment, rollout, result);
    }

    private async Task<SlipwayException> FailAsync(DeploymentArtifact deployment, RolloutResult result, CancellationToken cancellationToken)
    {
        var ending = RolloutEnding.Of(deployment, result.Decision, settings.Timeout, Resume);
        var diagnosis = ending.ExitCode == ExitCode.Superseded
            ? new Diagnosis(ending.Failure!, RolloutEvidence.None, [], [])
            : await new RolloutDiagnosis(deployer, logs, time, LocalPage).MakeAsync(deployment, ending.Failure, result.LastSeen, cancellationToken);
        var rollout = new RolloutReport(ending.Verdict, ending.ExitCode, ending.Title, diagnosis.Failure, diagnosis.Evidence)
        {
            Remedy = diagnosis.Failure.Remedy ?? ending.Remedy,
            Logs = diagnosis.Logs,
            Timing = await Times.MakeAsync(deployment, result.LastSeen, cancellationToken),
            Links = [.. Links(deployment), .. diagnosis.Links],
        };
        try
        {
            Keep(deployment, rollout, result);
        }
        catch (SlipwayException unwritten)
        {
            // What is known of the rollout matters more than that it could not be written down.
            report.Warning(unwritten.Message);
        }

        report.Rollout(rollout);
        return new SlipwayException(ending.ExitCode, $"{rollout.Title}\n{diagnosis.Failure.Cause}", rollout.Remedy);
    }

    /// <summary>Clusters and services of the same name may be in many accounts.</summary>
    private async Task RefuseAnotherAccountAsync(DeploymentArtifact deployment, CancellationToken cancellationToken)
    {
        if (Identity is null || (await Identity.GetAsync(cancellationToken)).AccountId is var account && account == deployment.AccountId) return;
        throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"'{store.PathOf("deployment.json")}' is about account {deployment.AccountId}, but the credentials belong to account {account}.",
            $"use credentials of account {deployment.AccountId}");
    }

    private IReadOnlyList<ReportLink> Links(DeploymentArtifact deployment) =>
        ConsoleLinks.OfService(LocalPage, deployment.TaskDefinitionArn, deployment.Region, deployment.Cluster, deployment.Service);

    /// <summary>The outcome first: it is what another program reads.</summary>
    private OutcomeArtifact Keep(DeploymentArtifact deployment, RolloutReport rollout, RolloutResult? result)
    {
        var outcome = RolloutOutcome.Of(settings.Environment, deployment, rollout, result, time.GetUtcNow());
        store.Write(outcome);
        store.WriteText(ReportFile, RolloutMarkdown.Write(rollout));
        return outcome;
    }
}
