using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Rollouts;

/// <summary>Log streams by name.</summary>
internal sealed class FakeLogs : ILogReader
{
    public Dictionary<string, List<LogLine>> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>What every read fails with.</summary>
    public Exception? Trouble { get; set; }

    public Task<LogPage> TailAsync(LogStreamName stream, int lines, CancellationToken cancellationToken)
    {
        if (Trouble is not null) return Task.FromException<LogPage>(Trouble);
        var all = Streams.GetValueOrDefault(stream.Stream);
        return Task.FromResult(all is null
            ? new LogPage([], null)
            : new LogPage([.. all.TakeLast(lines)], FormattableString.Invariant($"{all.Count}")));
    }

    public Task<LogPage> ReadOnAsync(LogStreamName stream, string nextToken, CancellationToken cancellationToken)
    {
        var all = Streams[stream.Stream];
        return Task.FromResult(new LogPage([.. all.Skip(int.Parse(nextToken))], FormattableString.Invariant($"{all.Count}")));
    }
}
