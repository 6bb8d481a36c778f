using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollbacks;

/// <summary>
/// Decides what becomes of a deployment whose run was cancelled, by the setting 'on-cancel'. Calls first and says nothing: a pipeline kills
/// a step some seconds after its first signal. Throws nothing: a cancelled run has no time for a second attempt.
/// </summary>
public sealed class CancelDeployment(DeploymentSettings settings, IServiceDeployer deployer, TimeProvider time)
{
    private bool isChangeAsked;

    private string Resume => BuildCommand.For("WaitStable", settings.Environment, "--exclusive");

    /// <summary>Rolls the deployment back where the settings say so, and tells what goes on.</summary>
    public async Task<CancelledDeployment> RunAsync(DeploymentArtifact deployment)
    {
        if (!settings.RollsBackOnCancel || deployment.NothingToDo || deployment.IsRollback) return Left(deployment, null);
        using var patience = new CancellationTokenSource(LastCall.Patience, time);
        try
        {
            return await RollBackAsync(deployment, patience.Token);
        }
        catch (OperationCanceledException)
        {
            var late = FormattableString.Invariant($"ECS did not answer within {LastCall.Patience.TotalSeconds:0} s");
            return isChangeAsked ? NotKnown(deployment, late) : Left(deployment, $"{late}, so that nothing was rolled back.");
        }
        catch (TransientServiceException failure) when (failure.MayBeDone && isChangeAsked)
        {
            return NotKnown(deployment, failure.Message);
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException)
        {
            return Left(deployment, $"It could not be rolled back: {failure.Message}");
        }
    }

    private async Task<CancelledDeployment> RollBackAsync(DeploymentArtifact deployment, CancellationToken cancellationToken)
    {
        if (deployment.ServiceDeploymentArn is { } known && await TryStopAsync(known, cancellationToken)) return RolledBack(deployment);

        var service = await deployer.FindServiceAsync(deployment.Cluster, deployment.Service, cancellationToken);
        if (service?.FindDeployment(deployment.DeploymentId) is not { IsPrimary: true } ours)
        {
            return new CancelledDeployment(
                $"{Name(deployment)} is not the service's primary one any more, so that nothing was rolled back.", $"{Resume} to learn how it ended");
        }

        if (RolloutCompletion.IsComplete(service, ours))
        {
            return new CancelledDeployment(
                $"{Name(deployment)} was complete already, so that nothing was rolled back.",
                $"{BuildCommand.For("Rollback", settings.Environment)} to go back all the same");
        }

        var isFirst = deployment.ServiceDeploymentArn is null;
        if (isFirst && await new DeploymentsUnderWay(deployer).FindAsync(service, cancellationToken) is { } found && await TryStopAsync(found.Arn, cancellationToken))
            return RolledBack(deployment);

        if (deployment.PreviousTaskDefinitionArn is not { } previous || previous == deployment.TaskDefinitionArn)
            return Left(deployment, "It could not be rolled back: no other revision was live before it.");

        isChangeAsked = true;
        await deployer.UpdateServiceAsync(new ServiceUpdate(deployment.Cluster, deployment.Service, previous, null), cancellationToken);
        return new CancelledDeployment(
            $"{Name(deployment)} is given up: the service was updated back to '{ResourceName.Of(previous)}', and that goes on in ECS.",
            $"{Resume} to learn how that ends");
    }

    /// <summary>False: ECS refuses it, because this API is not offered, not allowed, or because the deployment has just ended.</summary>
    private async Task<bool> TryStopAsync(string arn, CancellationToken cancellationToken)
    {
        isChangeAsked = true;
        try
        {
            await deployer.StopServiceDeploymentAsync(arn, rollback: true, cancellationToken);
            return true;
        }
        catch (SlipwayException)
        {
            return isChangeAsked = false;
        }
    }

    private CancelledDeployment RolledBack(DeploymentArtifact deployment)
    {
        var to = deployment.PreviousTaskDefinitionArn is { } previous ? $" to '{ResourceName.Of(previous)}'" : string.Empty;
        return new CancelledDeployment(
            $"{Name(deployment)} is stopped: ECS was told to roll it back{to}, and that goes on in ECS.", $"{Resume} to learn how that ends");
    }

    private CancelledDeployment NotKnown(DeploymentArtifact deployment, string why) => new(
        $"{Name(deployment)}: whether it is rolled back is not known: ECS was asked to, and its answer did not come. {why}", $"{Resume} to learn how it ends");

    private CancelledDeployment Left(DeploymentArtifact deployment, string? why) =>
        new(why is null ? $"{Name(deployment)} goes on in ECS." : $"{Name(deployment)} goes on in ECS. {why}", $"{Resume} to go on waiting");

    private static string Name(DeploymentArtifact deployment) => $"Deployment '{deployment.DeploymentId}' of service '{deployment.Service}'";
}
