namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A container of a task as DescribeTasks shows it.</summary>
internal sealed record EcsContainer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Image { get; init; }

    public string? ImageDigest { get; init; }

    public string? RuntimeId { get; init; }

    public string LastStatus { get; init; } = EcsTask.Pending;

    /// <summary>UNKNOWN, HEALTHY or UNHEALTHY.</summary>
    public string Health { get; init; } = EcsTask.UnknownHealth;

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public bool Essential { get; init; } = true;

    /// <summary>Whether the task definition has a health check for it.</summary>
    public bool HasHealthCheck { get; init; }

    public int Cpu { get; init; }

    public int? Memory { get; init; }

    public int? MemoryReservation { get; init; }
}
