using System.Net;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Runtime;

/// <summary>One container of a task, as a runtime needs it.</summary>
internal sealed record ContainerRequest
{
    /// <summary>The task's id: 32 hexadecimal digits.</summary>
    public required string TaskId { get; init; }

    /// <summary>The container's name in the task definition.</summary>
    public required string Name { get; init; }

    /// <summary>The image as the registry of this cloud resolved it.</summary>
    public required ResolvedImage Image { get; init; }

    /// <summary>Overrides the image's entry point; null: the image's own.</summary>
    public IReadOnlyList<string>? EntryPoint { get; init; }

    /// <summary>Overrides the image's command; null: the image's own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Overrides the image's working directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Overrides the image's user (engine only).</summary>
    public string? User { get; init; }

    /// <summary>Variables over the image's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports that the container listens on, inside.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>CPU units, 1024 a core; 0 is no limit.</summary>
    public int Cpu { get; init; }

    /// <summary>Memory in MiB; 0 is no limit.</summary>
    public int MemoryMiB { get; init; }

    /// <summary>The task's own loopback address, where the runtime uses one.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Takes each line of output.</summary>
    public required Action<string> Output { get; init; }
}
