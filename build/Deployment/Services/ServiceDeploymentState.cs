namespace Slipway.Deployment.Services;

/// <summary>
/// A service deployment: the newer API's account of one rollout, from its request to its end. It outlives the entry in a
/// service's "deployments". Times are by ECS's clock; a member is null where the cloud does not tell it.
/// </summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Status">One of <see cref="ServiceDeploymentStatus"/>; clouds may know more.</param>
public sealed record ServiceDeploymentState(string Arn, string Status)
{
    /// <summary>Why it has this status, in ECS's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When ECS began it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When it was stopped.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The service revision that it brings.</summary>
    public RevisionShare? Target { get; init; }

    /// <summary>The service revisions that it found when it began.</summary>
    public IReadOnlyList<RevisionShare> Sources { get; init; } = [];

    /// <summary>How it was rolled back; null where it was not.</summary>
    public RollbackState? Rollback { get; init; }

    /// <summary>The deployment circuit breaker; null where there is none.</summary>
    public CircuitBreakerState? Breaker { get; init; }

    /// <summary>The CloudWatch alarms that ended it.</summary>
    public IReadOnlyList<string> TriggeredAlarms { get; init; } = [];

    /// <summary>"SCALE_UP", "BAKE_TIME", …; null for a rolling update.</summary>
    public string? LifecycleStage { get; init; }

    /// <summary>Whether ECS works on it no more.</summary>
    public bool IsOver => ServiceDeploymentStatus.IsOver(Status);
}

/// <summary>The values of "status", in the order of a deployment's life (ECS API reference, ServiceDeployment).</summary>
public static class ServiceDeploymentStatus
{
    public const string Pending = "PENDING";
    public const string InProgress = "IN_PROGRESS";
    public const string Successful = "SUCCESSFUL";
    public const string StopRequested = "STOP_REQUESTED";
    public const string Stopped = "STOPPED";
    public const string RollbackRequested = "ROLLBACK_REQUESTED";
    public const string RollbackInProgress = "ROLLBACK_IN_PROGRESS";
    public const string RollbackSuccessful = "ROLLBACK_SUCCESSFUL";
    public const string RollbackFailed = "ROLLBACK_FAILED";

    /// <summary>Whether a deployment of this status has ended.</summary>
    public static bool IsOver(string status) => status is Successful or Stopped or RollbackSuccessful or RollbackFailed;

    /// <summary>Whether a deployment of this status goes back, or went back, to an earlier revision.</summary>
    public static bool IsRollback(string status) =>
        status is RollbackRequested or RollbackInProgress or RollbackSuccessful or RollbackFailed;
}

/// <summary>A service revision's part in a deployment.</summary>
/// <param name="Arn">The service revision's ARN.</param>
/// <param name="Requested">How many of its tasks were wanted.</param>
/// <param name="Running">How many run.</param>
/// <param name="Pending">How many are starting.</param>
public sealed record RevisionShare(string Arn, int? Requested, int? Running, int? Pending)
{
    /// <summary>The share of production traffic in percent; null for a rolling update.</summary>
    public double? ProductionTraffic { get; init; }

    /// <summary>The share of test traffic in percent; null for a rolling update.</summary>
    public double? TestTraffic { get; init; }
}

/// <summary>How a service deployment was rolled back.</summary>
/// <param name="Reason">In ECS's words.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="RevisionArn">The service revision that ECS goes back to.</param>
public sealed record RollbackState(string? Reason, DateTimeOffset? StartedAt, string? RevisionArn);

/// <summary>The deployment circuit breaker of a service deployment.</summary>
/// <param name="Status">"TRIGGERED", "MONITORING", "MONITORING_COMPLETE" or "DISABLED".</param>
/// <param name="FailureCount">How many tasks it has counted.</param>
/// <param name="Threshold">At how many it trips.</param>
public sealed record CircuitBreakerState(string? Status, int? FailureCount, int? Threshold);

/// <summary>What a service runs from one deployment to the next.</summary>
/// <param name="Arn">The service revision's ARN.</param>
/// <param name="TaskDefinitionArn">Its task definition.</param>
/// <param name="CreatedAt">By ECS's clock.</param>
public sealed record ServiceRevisionState(string Arn, string TaskDefinitionArn, DateTimeOffset? CreatedAt);
