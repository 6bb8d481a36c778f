using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>What was seen at one moment.</summary>
/// <param name="Service">The service; null where the cluster shows none of this name.</param>
/// <param name="Tasks">Its tasks, those of other deployments included.</param>
/// <param name="ServiceDeployment">The newer API's view; null where it is not offered.</param>
public sealed record RolloutObservation(
    ServiceState? Service, IReadOnlyList<TaskState> Tasks, ServiceDeploymentState? ServiceDeployment = null)
{
    /// <summary>Whether the newer API's view is still looked for: what the service alone shows is not the last word then.</summary>
    public bool IsSearching { get; init; }

    /// <summary>Whether the tasks were read after what else is seen changed last.</summary>
    public bool HasCurrentTasks { get; init; } = true;

    /// <summary>The digests of the manifests in the image's index; empty where it is none, null where nobody asked.</summary>
    public IReadOnlyList<string>? Manifests { get; init; }

    /// <summary>False where the registry was asked for them and could not tell.</summary>
    public bool AreManifestsKnown { get; init; } = true;

    /// <summary>The revision that ECS rolls back to; null where it does not, or does not say.</summary>
    public string? RollbackTaskDefinitionArn { get; init; }
}

/// <summary>What the tracker remembers from one observation to the next. Times are waited times, which no clock can jump.</summary>
/// <param name="FirstLookAt">When it saw anything first; null before.</param>
/// <param name="HasSeenOurs">Whether the service has shown our deployment.</param>
/// <param name="OursCreatedAt">When our deployment was created, by ECS's clock.</param>
/// <param name="Missing">How many observations in a row showed no service.</param>
/// <param name="OddSince">Since when the views contradict each other, or an older one is shown.</param>
/// <param name="Failure">Why our deployment has failed, where it has and the rollback is still being watched.</param>
/// <param name="FailureSeenAt">When the failure was noticed.</param>
/// <param name="RollbackSeenAt">When the rollback was noticed.</param>
public sealed record RolloutMemory(
    TimeSpan? FirstLookAt = null,
    bool HasSeenOurs = false,
    DateTimeOffset? OursCreatedAt = null,
    int Missing = 0,
    TimeSpan? OddSince = null,
    RolloutFailure? Failure = null,
    TimeSpan? FailureSeenAt = null,
    TimeSpan? RollbackSeenAt = null);

/// <summary>An observation of a service that is there, with what every rule asks of it.</summary>
internal sealed record Sight(RolloutGoal Goal, RolloutObservation Seen, ServiceState Service, TimeSpan Waited)
{
    /// <summary>Our deployment; null where the service does not show it (any more).</summary>
    public DeploymentState? Ours { get; } = Service.FindDeployment(Goal.DeploymentId);

    /// <summary>When our deployment began, by ECS's clock where it tells it.</summary>
    public DateTimeOffset? Begin => Ours?.CreatedAt ?? Seen.ServiceDeployment?.CreatedAt ?? Goal.StartedAt;

    /// <summary>Whether ECS will roll a failed deployment back.</summary>
    public bool WillRollBack => Service.RollsBack && Goal.PreviousTaskDefinitionArn is not null;
}
