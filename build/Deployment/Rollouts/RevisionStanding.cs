using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>How a service stands to a revision that it shall run.</summary>
internal enum RevisionStanding
{
    /// <summary>Another one is deployed, or this one is under way.</summary>
    ToCome,

    /// <summary>It runs, complete, with the image that it shall have.</summary>
    Live,

    /// <summary>It is the service's, and its deployment will not come up any more. ECS begins no other by itself for a revision that the service has.</summary>
    Failed,
}

/// <summary>Looks how a service stands to a revision.</summary>
internal sealed class StandingOfRevision(DeploymentSettings settings, IServiceDeployer deployer, RolloutProof proof, IReport report)
{
    /// <summary>Reads the tasks where the service alone does not tell.</summary>
    /// <param name="service">The service as it is.</param>
    /// <param name="arn">The revision; null: one that is still to be registered.</param>
    /// <param name="digest">Of the image that it shall run; null where that is not known.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<RevisionStanding> LookAsync(ServiceState service, string? arn, string? digest, CancellationToken cancellationToken)
    {
        if (arn is null || service.Primary is not { } primary || primary.TaskDefinitionArn != arn) return RevisionStanding.ToCome;
        var isComplete = RolloutCompletion.IsComplete(service, primary);
        if (isComplete && settings.DesiredCount is { } wanted && wanted != service.DesiredCount) return RevisionStanding.ToCome;
        if (primary.IsFailed) return RevisionStanding.Failed;

        var tasks = await deployer.ListTasksAsync(settings.Cluster, settings.Service, cancellationToken);
        var goal = new RolloutGoal(primary.Id, arn, null, digest, TimeSpan.Zero) { Settings = settings.Rollout };
        var seen = new RolloutObservation(service, tasks);
        if (isComplete) return await CompareAsync(goal, seen, primary, cancellationToken);
        return FailFast.Find(new Sight(goal, seen, service, TimeSpan.Zero)) is null ? RevisionStanding.ToCome : RevisionStanding.Failed;
    }

    private async Task<RevisionStanding> CompareAsync(
        RolloutGoal goal, RolloutObservation seen, DeploymentState primary, CancellationToken cancellationToken)
    {
        var decision = RolloutCompletion.Verify(goal, seen, primary);
        if (decision is RolloutDecision.KeepWaiting { NeedsManifestsOf: { } image })
        {
            seen = await proof.WithManifestsAsync(seen, image, report, cancellationToken);
            decision = RolloutCompletion.Verify(goal, seen, primary);
        }

        return decision switch
        {
            RolloutDecision.Stable => RevisionStanding.Live,
            RolloutDecision.Failed => RevisionStanding.Failed,
            _ => RevisionStanding.ToCome,
        };
    }
}
