using System.Net;

namespace Slipway.LocalCloud.Runtime;

/// <summary>A container that was started.</summary>
internal interface IRunningContainer : IAsyncDisposable
{
    /// <summary>The engine's container id, or a made-up one of the same form.</summary>
    string RuntimeId { get; }

    /// <summary>Ends when the container has ended and its output is read.</summary>
    Task<ContainerEnd> Completion { get; }

    /// <summary>Where a port of the container answers on this machine; null where it is not published.</summary>
    IPEndPoint? EndPointOf(int containerPort);

    /// <summary>Runs a command inside (a health check); true where it exits with 0 in time.</summary>
    Task<bool> CheckAsync(IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>SIGTERM, at most <paramref name="timeout"/> later SIGKILL; ends when the container has ended.</summary>
    Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
