namespace Slipway.Deployment.Services;

/// <summary>A task as ECS describes it at one moment.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="TaskDefinitionArn">The revision that it runs.</param>
/// <param name="LastStatus">"PROVISIONING", "PENDING", "RUNNING", "STOPPED", …</param>
/// <param name="DesiredStatus">"RUNNING" or "STOPPED".</param>
/// <param name="Health">"HEALTHY", "UNHEALTHY" or "UNKNOWN"; null where no health check is defined.</param>
/// <param name="StartedBy">The deployment's id for a task that a service started.</param>
/// <param name="StopCode">"TaskFailedToStart", "EssentialContainerExited", …; null for a task that runs.</param>
/// <param name="StoppedReason">In ECS's words.</param>
/// <param name="CreatedAt">By ECS's clock.</param>
/// <param name="StartedAt">By ECS's clock.</param>
/// <param name="StoppedAt">By ECS's clock.</param>
/// <param name="Containers">Its containers.</param>
public sealed record TaskState(
    string Arn,
    string? TaskDefinitionArn,
    string LastStatus,
    string DesiredStatus,
    string? Health,
    string? StartedBy,
    string? StopCode,
    string? StoppedReason,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? StoppedAt,
    IReadOnlyList<ContainerState> Containers)
{
    /// <summary>When its network was there, by ECS's clock.</summary>
    public DateTimeOffset? ConnectivityAt { get; init; }

    /// <summary>When the pull of its images began, by ECS's clock.</summary>
    public DateTimeOffset? PullStartedAt { get; init; }

    /// <summary>When the pull of its images ended, by ECS's clock.</summary>
    public DateTimeOffset? PullStoppedAt { get; init; }

    /// <summary>When ECS began to stop it, by ECS's clock.</summary>
    public DateTimeOffset? StoppingAt { get; init; }

    /// <summary>When its containers had ended, by ECS's clock.</summary>
    public DateTimeOffset? ExecutionStoppedAt { get; init; }

    /// <summary>The last part of the ARN, which log streams and people use.</summary>
    public string Id => ResourceName.Of(Arn);

    /// <summary>Whether it runs and shall run.</summary>
    public bool IsRunning => LastStatus == "RUNNING" && DesiredStatus != "STOPPED";

    /// <summary>Whether it has ended or is about to.</summary>
    public bool IsStopped => LastStatus == "STOPPED" || DesiredStatus == "STOPPED";
}

/// <summary>A container of a task.</summary>
/// <param name="Name">As in the container definition.</param>
/// <param name="Image">The image URI that the container definition names.</param>
/// <param name="ImageDigest">The digest of what runs; null before the pull and on clouds that do not tell.</param>
/// <param name="LastStatus">"PENDING", "RUNNING", "STOPPED".</param>
/// <param name="ExitCode">Of a container that ended.</param>
/// <param name="Reason">In ECS's words, where something went wrong.</param>
/// <param name="Health">"HEALTHY", "UNHEALTHY" or "UNKNOWN".</param>
public sealed record ContainerState(
    string Name, string? Image, string? ImageDigest, string? LastStatus, int? ExitCode, string? Reason, string? Health);
