using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollbacks;

/// <summary>
/// WaitStable with the setting 'rollback-on-failure': where a deployment has failed and ECS does not go back itself, this program does, waits
/// for that, and reports both. <c>deployment.json</c> stays, so that a resumed wait sees a deployment that was rolled back.
/// </summary>
public sealed class FollowDeployment(
    DeploymentSettings settings, ArtifactStore store, WaitForStable wait, IServiceDeployer deployer, IReport report, TimeProvider time)
{
    /// <summary>Waits; anything but success is a <see cref="SlipwayException"/> with the exit code of its kind.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await wait.RunAsync(cancellationToken);
        }
        catch (SlipwayException failure) when (settings.RollsBackOnFailure && failure.ExitCode == ExitCode.DeploymentFailed)
        {
            var (code, what) = await GoBackAsync(store.Read<DeploymentArtifact>(), cancellationToken);
            Amend(code, what);
            throw new SlipwayException(code, $"{failure.Message}\n{what}", failure.Remedy, failure);
        }
    }

    /// <summary>The wait has written down the failure; what came after it goes beside that.</summary>
    private void Amend(ExitCode code, string what)
    {
        if (store.Find<OutcomeArtifact>() is not { } outcome) return;
        store.Write(outcome with
        {
            Verdict = code == ExitCode.RolledBack ? Verdict.RolledBack : outcome.Verdict,
            ExitCode = (int)code,
            EndedAt = time.GetUtcNow(),
            Notes = [.. outcome.Notes, what],
        });
        if (store.Exists(WaitForStable.ReportFile)) store.WriteText(WaitForStable.ReportFile, $"{store.ReadText(WaitForStable.ReportFile).TrimEnd()}\n\n{what}\n");
    }

    private async Task<(ExitCode Code, string What)> GoBackAsync(DeploymentArtifact deployment, CancellationToken cancellationToken)
    {
        if (deployment.IsRollback) return Stays("It was a rollback itself: nothing goes back from it.");
        if (deployment.PreviousTaskDefinitionArn is not { } previous || previous == deployment.TaskDefinitionArn)
            return Stays("Nothing was rolled back: no other revision was live before.");
        try
        {
            var service = await deployer.FindServiceAsync(deployment.Cluster, deployment.Service, cancellationToken);
            if (service?.Primary?.Id != deployment.DeploymentId) return Stays("Nothing was rolled back: it is not the service's primary deployment any more.");

            report.Fact($"Going back to '{ResourceName.Of(previous)}', as 'rollback-on-failure' is set.");
            return await UpdateAsync(deployment, previous, cancellationToken);
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException)
        {
            return Stays($"It could not be rolled back to '{ResourceName.Of(previous)}': {failure.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (ExitCode.Cancelled, "The run was cancelled, and nothing was rolled back.");
        }
    }

    /// <summary>What it throws ends a rollback that has not begun.</summary>
    private async Task<(ExitCode Code, string What)> UpdateAsync(DeploymentArtifact deployment, string previous, CancellationToken cancellationToken)
    {
        ServiceState after;
        try
        {
            after = await LastCall.AwaitAsync(
                token => deployer.UpdateServiceAsync(new ServiceUpdate(deployment.Cluster, deployment.Service, previous, null), token), time, cancellationToken);
        }
        catch (TransientServiceException failure) when (failure.MayBeDone)
        {
            return Stays($"Whether the service goes back to '{ResourceName.Of(previous)}' is not known: {failure.Message}");
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken != cancellationToken)
        {
            return (
                ExitCode.Cancelled,
                $"The run was cancelled while the service was being updated back to '{ResourceName.Of(previous)}', and ECS has not answered: whether it goes back is not known.");
        }

        return await WaitAsync(deployment, previous, after, cancellationToken);
    }

    private async Task<(ExitCode Code, string What)> WaitAsync(
        DeploymentArtifact deployment, string previous, ServiceState after, CancellationToken cancellationToken)
    {
        var name = ResourceName.Of(previous);
        var begin = time.GetTimestamp();
        var goal = new RolloutGoal(after.Primary?.Id ?? deployment.DeploymentId, previous, null, null, settings.Timeout) { StartedAt = time.GetUtcNow() };
        try
        {
            var result = await new RolloutWatcher(deployer, report, time).WatchAsync(deployment.Cluster, deployment.Service, goal, null, cancellationToken);
            return result.Decision switch
            {
                RolloutDecision.Stable => (ExitCode.RolledBack, FormattableString.Invariant(
                    $"It was rolled back: service '{deployment.Service}' is stable on '{name}' again after {time.GetElapsedTime(begin).TotalSeconds:0} s.")),
                RolloutDecision.Failed failed => Stays($"The rollback to '{name}' failed, too: {failed.Failure.Cause}"),
                RolloutDecision.Superseded other => Stays($"The rollback to '{name}' was superseded by deployment '{other.DeploymentId}'."),
                RolloutDecision.TimedOut late => Stays($"The rollback to '{name}' did not end in time and goes on in ECS: {late.LastState}"),
                _ => Stays($"The rollback to '{name}' failed, too."),
            };
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException)
        {
            return Stays($"The service goes back to '{name}', and that goes on in ECS; how it ends is not known: {failure.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (ExitCode.Cancelled, $"The run was cancelled while the service went back to '{name}', which goes on in ECS.");
        }
    }

    private static (ExitCode Code, string What) Stays(string what) => (ExitCode.DeploymentFailed, what);
}
