namespace Slipway.LocalCloud.Runtime;

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">The exit code; 137 where it was killed.</param>
/// <param name="Reason">ECS's reason beside the exit code; null where the code says all.</param>
internal sealed record ContainerEnd(int ExitCode, string? Reason = null)
{
    /// <summary>The memory limit's doing.</summary>
    public static ContainerEnd OutOfMemory { get; } = new(137, "OutOfMemoryError: Container killed due to memory usage");
}
