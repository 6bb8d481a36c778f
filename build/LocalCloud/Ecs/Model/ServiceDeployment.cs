using System.Collections.Immutable;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A revision as a service deployment found it when it began.</summary>
internal sealed record SourceRevision(string Arn, int Requested, int Running, int Pending);

/// <summary>How a service deployment was undone.</summary>
internal sealed record Rollback(string Reason, DateTimeOffset StartedAt, string RevisionArn);

/// <summary>The account of one deployment from its request to its end; it outlives the entry in "deployments".</summary>
internal sealed record ServiceDeployment
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

    public required string Arn { get; init; }

    public required string TargetRevisionArn { get; init; }

    public ImmutableArray<SourceRevision> Sources { get; init; } = [];

    public string Status { get; init; } = InProgress;

    public string? StatusReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When somebody asked for its end; it is shown as requested for a moment before it is done.</summary>
    public DateTimeOffset? EndRequestedAt { get; init; }

    public Rollback? Rollback { get; init; }

    /// <summary>DISABLED, MONITORING, TRIGGERED or MONITORING_COMPLETE.</summary>
    public required string BreakerStatus { get; init; }

    public int FailureCount { get; init; }

    public int Threshold { get; init; }

    public bool IsOver => Status is Successful or Stopped or RollbackSuccessful or RollbackFailed;
}
