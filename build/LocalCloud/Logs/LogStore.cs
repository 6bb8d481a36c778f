using System.Collections.Concurrent;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Logs;

/// <summary>All log groups of the account.</summary>
internal sealed class LogStore : ILogSink, ILogReader
{
    public const string Folder = "logs";

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, LogGroup> groups = new(StringComparer.Ordinal);
    private readonly StateFolder state;
    private readonly LogBounds bounds;
    private readonly TimeProvider time;
    private readonly ILogger<LogStore> log;
    private int failures;

    public LogStore(StateFolder state, LogBounds bounds, TimeProvider time, ILogger<LogStore> log)
    {
        (this.state, this.bounds, this.time, this.log) = (state, bounds, time, log);
        foreach (var folder in Directory.EnumerateDirectories(state.Folder(Folder)))
        {
            if (LogGroup.Load(state, bounds, $"{Folder}/{Path.GetFileName(folder)}") is { } group) groups[group.Name] = group;
        }
    }

    public IReadOnlyList<LogGroup> Groups => [.. groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal)];

    public LogGroup? Find(string group) => groups.GetValueOrDefault(group);

    /// <inheritdoc />
    public bool GroupExists(string group) => groups.ContainsKey(group);

    /// <inheritdoc />
    public void CreateGroup(string group) => TryCreate(group);

    /// <summary>False where there is one of that name.</summary>
    public bool TryCreate(string group)
    {
        lock (gate)
        {
            if (groups.ContainsKey(group)) return false;
            groups[group] = LogGroup.Create(state, bounds, group, time.GetUtcNow());
            return true;
        }
    }

    public bool Delete(string group)
    {
        lock (gate)
        {
            if (!groups.TryRemove(group, out var found)) return false;
            found.Delete();
            return true;
        }
    }

    /// <inheritdoc />
    /// <remarks>Never fails: a full disk must not end the task whose output this is.</remarks>
    public void Append(string group, string stream, string message)
    {
        var now = time.GetUtcNow();
        try
        {
            Find(group)?.Append(stream, [(now.ToUnixTimeMilliseconds(), message)], now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Increment(ref failures) == 1) log.LogError("Log events are lost: {Message}", error.Message);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<LogLine> Tail(string group, int count)
    {
        if (Find(group) is not { } found) return [];
        var lines = new List<LogLine>();
        foreach (var stream in found.Streams.OrderByDescending(stream => stream.LastWritten))
        {
            // A stream that fell silent before the oldest line that counts has nothing to add.
            if (lines.Count >= count && stream.LastWritten < lines.Order(Comparer<LogLine>.Create((a, b) => b.Time.CompareTo(a.Time))).ElementAt(count - 1).Time) break;
            lines.AddRange(stream.ReadLast(count).Select(item => new LogLine(stream.Name, DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp), item.Message)));
        }

        return [.. lines.OrderBy(line => line.Time).TakeLast(count)];
    }
}
