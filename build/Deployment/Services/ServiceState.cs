namespace Slipway.Deployment.Services;

/// <summary>A service as ECS describes it at one moment.</summary>
/// <param name="Cluster">The cluster's ARN.</param>
/// <param name="Name">The service's name.</param>
/// <param name="Arn">The service's ARN.</param>
/// <param name="Status">"ACTIVE", "DRAINING" or "INACTIVE".</param>
/// <param name="TaskDefinitionArn">The revision of the primary deployment.</param>
/// <param name="DesiredCount">How many tasks the service shall have.</param>
/// <param name="RunningCount">How many run.</param>
/// <param name="PendingCount">How many are starting.</param>
/// <param name="Controller">"ECS", "CODE_DEPLOY" or "EXTERNAL".</param>
/// <param name="CircuitBreaker">Whether the deployment circuit breaker is on.</param>
/// <param name="RollsBack">Whether a failed deployment is rolled back by ECS.</param>
/// <param name="Deployments">Newest first.</param>
/// <param name="Events">At most the newest hundred, newest first.</param>
/// <param name="LoadBalancers">Where traffic comes from; empty without a load balancer.</param>
/// <param name="ServiceDeploymentArn">The service deployment that is under way, where ECS names one.</param>
public sealed record ServiceState(
    string Cluster,
    string Name,
    string Arn,
    string Status,
    string TaskDefinitionArn,
    int DesiredCount,
    int RunningCount,
    int PendingCount,
    string Controller,
    bool CircuitBreaker,
    bool RollsBack,
    IReadOnlyList<DeploymentState> Deployments,
    IReadOnlyList<ServiceEvent> Events,
    IReadOnlyList<LoadBalancerState> LoadBalancers,
    string? ServiceDeploymentArn)
{
    /// <summary>"ROLLING", "BLUE_GREEN", "LINEAR" or "CANARY"; clouds that do not tell it roll.</summary>
    public string Strategy { get; init; } = "ROLLING";

    /// <summary>How many of the desired tasks must be healthy during a deployment, in percent; null where the cloud does not tell.</summary>
    public int? MinimumHealthyPercent { get; init; }

    /// <summary>How many tasks may run during a deployment, in percent of those desired; null where the cloud does not tell.</summary>
    public int? MaximumPercent { get; init; }

    /// <summary>How long after a task's start failed health checks of the load balancer do not count; null: not set.</summary>
    public TimeSpan? HealthCheckGracePeriod { get; init; }

    /// <summary>When the service was created, by ECS's clock.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Where its tasks are placed.</summary>
    public TaskPlacement Placement { get; init; } = new();

    /// <summary>The deployment that ECS works towards; null for a service whose deployments another controller makes.</summary>
    public DeploymentState? Primary => Deployments.FirstOrDefault(deployment => deployment.IsPrimary);

    /// <summary>The deployment of this id; null where the service does not show it (any more).</summary>
    public DeploymentState? FindDeployment(string id) =>
        Deployments.FirstOrDefault(deployment => string.Equals(deployment.Id, id, StringComparison.Ordinal));
}

/// <summary>One deployment of a service.</summary>
/// <param name="Id">"ecs-svc/1234567890123456789"; tasks carry it as startedBy.</param>
/// <param name="Status">"PRIMARY", "ACTIVE" or "INACTIVE".</param>
/// <param name="RolloutState">"IN_PROGRESS", "COMPLETED", "FAILED"; null where the cloud does not tell.</param>
/// <param name="RolloutStateReason">In ECS's words.</param>
/// <param name="TaskDefinitionArn">The revision that it runs.</param>
/// <param name="DesiredCount">How many tasks it shall have.</param>
/// <param name="RunningCount">How many run.</param>
/// <param name="PendingCount">How many are starting.</param>
/// <param name="FailedTasks">How many did not come up.</param>
/// <param name="CreatedAt">When it began, by ECS's clock.</param>
/// <param name="UpdatedAt">When it last changed, by ECS's clock.</param>
public sealed record DeploymentState(
    string Id,
    string Status,
    string? RolloutState,
    string? RolloutStateReason,
    string TaskDefinitionArn,
    int DesiredCount,
    int RunningCount,
    int PendingCount,
    int FailedTasks,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt)
{
    /// <summary>Whether it is the one that ECS works towards.</summary>
    public bool IsPrimary => Is(Status, "PRIMARY");

    /// <summary>Whether ECS has ended it with success.</summary>
    public bool IsCompleted => Is(RolloutState, "COMPLETED");

    /// <summary>Whether ECS has given it up.</summary>
    public bool IsFailed => Is(RolloutState, "FAILED");

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A service event.</summary>
/// <param name="Id">Unique: times are not.</param>
/// <param name="At">By ECS's clock.</param>
/// <param name="Message">In ECS's words.</param>
public sealed record ServiceEvent(string Id, DateTimeOffset At, string Message);

/// <summary>One load balancer entry of a service.</summary>
/// <param name="TargetGroupArn">The target group; null for a classic load balancer.</param>
/// <param name="ContainerName">The container that gets the traffic.</param>
/// <param name="ContainerPort">Its port.</param>
public sealed record LoadBalancerState(string? TargetGroupArn, string? ContainerName, int? ContainerPort);
