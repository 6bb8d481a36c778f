using Slipway.Deployment.Services;

namespace Slipway.Deployment.Planning;

/// <summary>No task runs in a plan, so that none writes anything.</summary>
internal sealed class PlanningLogReader : ILogReader
{
    /// <inheritdoc />
    public Task<LogPage> TailAsync(LogStreamName stream, int lines, CancellationToken cancellationToken) => Task.FromResult(new LogPage([], null));

    /// <inheritdoc />
    public Task<LogPage> ReadOnAsync(LogStreamName stream, string nextToken, CancellationToken cancellationToken) =>
        Task.FromResult(new LogPage([], nextToken));
}
