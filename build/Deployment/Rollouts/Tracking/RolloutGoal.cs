using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Which deployment is followed, and what it shall reach.</summary>
/// <param name="DeploymentId">Ours: "ecs-svc/…".</param>
/// <param name="TaskDefinitionArn">The revision that it deploys.</param>
/// <param name="PreviousTaskDefinitionArn">The revision that was live before; null for a first deployment.</param>
/// <param name="ImageDigest">The digest that the tasks must run; null where it is not known.</param>
/// <param name="Deadline">When the wait gives up.</param>
public sealed record RolloutGoal(
    string DeploymentId, string TaskDefinitionArn, string? PreviousTaskDefinitionArn, string? ImageDigest, DateTimeOffset Deadline);

/// <summary>What was seen at one moment.</summary>
/// <param name="Service">The service; null where the cluster shows none of this name.</param>
/// <param name="Tasks">Its tasks, those of other deployments included.</param>
/// <param name="ServiceDeployment">The newer API's view; null where it is not offered.</param>
public sealed record RolloutObservation(
    ServiceState? Service, IReadOnlyList<TaskState> Tasks, ServiceDeploymentState? ServiceDeployment = null);

/// <summary>What the tracker remembers from one observation to the next.</summary>
/// <param name="FirstLookAt">When it looked first; null before.</param>
/// <param name="HasSeenOurs">Whether the service has shown our deployment.</param>
/// <param name="Missing">How many observations in a row showed no service.</param>
/// <param name="Failure">Why our deployment has failed, where it has and the rollback is still being watched.</param>
/// <param name="RollbackSeenAt">When the rollback was noticed.</param>
public sealed record RolloutMemory(
    DateTimeOffset? FirstLookAt = null,
    bool HasSeenOurs = false,
    int Missing = 0,
    RolloutFailure? Failure = null,
    DateTimeOffset? RollbackSeenAt = null);

/// <summary>Why a deployment failed.</summary>
/// <param name="Cause">One sentence.</param>
/// <param name="Remedy">An imperative; null where the catalogue has none.</param>
public sealed record RolloutFailure(string Cause, string? Remedy)
{
    /// <summary>The catalogue's key of the cause, or one of the tracker's own; null where neither knows it.</summary>
    public string? Key { get; init; }
}
