using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Which deployment is followed, and what it shall reach.</summary>
/// <param name="DeploymentId">Ours: "ecs-svc/…".</param>
/// <param name="TaskDefinitionArn">The revision that it deploys.</param>
/// <param name="PreviousTaskDefinitionArn">The revision that was live before; null for a first deployment.</param>
/// <param name="ImageDigest">The digest that the tasks must run; null where it is not known.</param>
/// <param name="Timeout">How long to wait, from the first look on.</param>
public sealed record RolloutGoal(
    string DeploymentId, string TaskDefinitionArn, string? PreviousTaskDefinitionArn, string? ImageDigest, TimeSpan Timeout)
{
    /// <summary>When the deployment was asked for, by the clock of the machine that asked; null where that is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it counts as done, and when as hopeless.</summary>
    public RolloutSettings Settings { get; init; } = new();

    /// <summary>What WaitStable waits for.</summary>
    public static RolloutGoal Of(DeploymentArtifact deployment, DeploymentSettings settings) => new(
        deployment.DeploymentId, deployment.TaskDefinitionArn, deployment.PreviousTaskDefinitionArn, deployment.ImageDigest, settings.Timeout)
    {
        StartedAt = deployment.StartedAt,
        Settings = settings.Rollout,
    };
}

/// <summary>Why a deployment failed.</summary>
/// <param name="Cause">One sentence.</param>
/// <param name="Remedy">An imperative; null where the catalogue has none.</param>
public sealed record RolloutFailure(string Cause, string? Remedy)
{
    /// <summary>The catalogue's key of the cause, or one of the tracker's own; null where neither knows it.</summary>
    public string? Key { get; init; }

    /// <summary>Whether tasks or events told it: they say more than the status of a deployment.</summary>
    public bool IsSpecific { get; init; }
}
