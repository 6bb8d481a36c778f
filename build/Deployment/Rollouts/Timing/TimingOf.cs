using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Timing;

/// <summary>Splits a rollout's time, and asks for the task definition only where a health check took long: a success waits for no further call.</summary>
internal sealed class TimingOf(IServiceDeployer deployer, TimeProvider time)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    /// <summary>The split; null where too little is known. Never fails.</summary>
    public async Task<RolloutTiming?> MakeAsync(DeploymentArtifact deployment, RolloutObservation? seen, CancellationToken cancellationToken)
    {
        var timing = RolloutTimes.Of(seen, deployment.DeploymentId);
        if (timing is null || !timing.Parts.Any(part => part is { Name: Milestones.Health, Seconds: >= TimingAdvice.LeastSeconds })) return timing;
        try
        {
            using var late = new CancellationTokenSource(limit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
            return await deployer.FindTaskDefinitionAsync(deployment.TaskDefinitionArn, both.Token) is { } definition
                ? RolloutTimes.Of(seen, deployment.DeploymentId, HealthCheckTimes.Of(definition))
                : timing;
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException or OperationCanceledException)
        {
            return timing;
        }
    }
}
