using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>What a deployment changed in the task definition, asked of ECS after it: what somebody edited in between is in it, too.</summary>
public sealed class RevisionChanges(IServiceDeployer deployer, TimeProvider time)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(10);

    /// <summary>The differences; null where there is nothing to compare with, or where ECS did not answer. Never fails.</summary>
    public async Task<IReadOnlyList<Difference>?> FindAsync(DeploymentArtifact deployment, CancellationToken cancellationToken)
    {
        if (deployment.PreviousTaskDefinitionArn is not { } previous) return null;
        if (previous == deployment.TaskDefinitionArn) return [];
        try
        {
            using var late = new CancellationTokenSource(limit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
            var before = TaskDefinitionDocument.Find(await deployer.FindTaskDefinitionAsync(previous, both.Token));
            var after = TaskDefinitionDocument.Find(await deployer.FindTaskDefinitionAsync(deployment.TaskDefinitionArn, both.Token));
            return before is null || after is null ? null : TaskDefinitionComparison.FindDifferences(before, after);
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException or OperationCanceledException)
        {
            return null;
        }
    }
}
