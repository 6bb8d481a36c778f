namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>An entry of a service's "deployments".</summary>
internal sealed record Deployment
{
    public const string Primary = "PRIMARY";
    public const string Active = "ACTIVE";

    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";

    /// <summary>"ecs-svc/1234567890123456789": also the startedBy of its tasks.</summary>
    public required string Id { get; init; }

    public string Status { get; init; } = Primary;

    public required string TaskDefinitionArn { get; init; }

    public required string RevisionArn { get; init; }

    /// <summary>The service deployment that it belongs to; a rollback shares that of the deployment it undoes.</summary>
    public required string ServiceDeploymentArn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string RolloutState { get; init; } = InProgress;

    public string? RolloutStateReason { get; init; }

    public bool IsRollback { get; init; }

    /// <summary>Tasks in a row that ended before they were ever available: what circuit breaker and back-off go by, too.</summary>
    public int FailedTasks { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }
}
