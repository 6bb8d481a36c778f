using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Logs;

/// <summary>A log group: a folder with one document and the files of its streams.</summary>
internal sealed class LogGroup
{
    private const string DocumentName = "group.json";

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, LogStream> streams = new(StringComparer.Ordinal);
    private readonly StateFolder state;
    private readonly LogBounds bounds;
    private readonly string folder;

    private LogGroup(StateFolder state, LogBounds bounds, string folder, Document document)
    {
        this.state = state;
        this.bounds = bounds;
        this.folder = folder;
        Name = document.Name;
        CreatedAt = document.CreatedAt;
        RetentionInDays = document.RetentionInDays;
        foreach (var stream in document.Streams) streams[stream.Name] = Open(stream.Name, stream.CreatedAt);
    }

    public string Name { get; }

    public DateTimeOffset CreatedAt { get; }

    public int? RetentionInDays { get; private set; }

    public long Bytes => streams.Values.Sum(stream => stream.Bytes);

    public IReadOnlyList<LogStream> Streams => [.. streams.Values.OrderBy(stream => stream.Name, StringComparer.Ordinal)];

    public static LogGroup Create(StateFolder state, LogBounds bounds, string name, DateTimeOffset now)
    {
        var group = new LogGroup(state, bounds, FolderOf(name), new Document(name, now, null, []));
        group.Save();
        return group;
    }

    /// <summary>Null where the folder holds no group.</summary>
    public static LogGroup? Load(StateFolder state, LogBounds bounds, string folder) =>
        state.Read<Document>($"{folder}/{DocumentName}") is { Name: not null, Streams: not null } document ? new LogGroup(state, bounds, folder, document) : null;

    public LogStream? Find(string stream) => streams.GetValueOrDefault(stream);

    /// <summary>False where there is one of that name.</summary>
    public bool TryAdd(string stream, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!streams.TryAdd(stream, Open(stream, now))) return false;
            Trim(keep: stream);
            Save();
            return true;
        }
    }

    public void Append(string stream, IReadOnlyList<(long Timestamp, string Message)> events, DateTimeOffset now)
    {
        if (!streams.ContainsKey(stream)) TryAdd(stream, now);

        // The group grows by whole files: with each one that is full, the sum is worth computing.
        if (Find(stream)?.Append(events, now.ToUnixTimeMilliseconds()) != true) return;
        lock (gate)
        {
            if (Trim(keep: stream)) Save();
        }
    }

    public void SetRetention(int days)
    {
        lock (gate)
        {
            RetentionInDays = days;
            Save();
        }
    }

    public void Delete()
    {
        lock (gate)
        {
            foreach (var stream in streams.Values) stream.Delete();
            streams.Clear();
            Directory.Delete(state.Folder(folder), recursive: true);
        }
    }

    /// <summary>Drops the streams that were quiet for longest, until the bounds hold again.</summary>
    private bool Trim(string keep)
    {
        var sizes = streams.Values.ToDictionary(stream => stream, stream => stream.Bytes);
        var (bytes, count) = (sizes.Values.Sum(), sizes.Count);
        foreach (var stream in sizes.Keys.Where(stream => stream.Name != keep).OrderBy(stream => stream.LastWritten))
        {
            if (bytes <= bounds.GroupBytes && count <= bounds.GroupStreams) break;
            streams.TryRemove(stream.Name, out _);
            stream.Delete();
            bytes -= sizes[stream];
            count--;
        }

        return count < sizes.Count;
    }

    private LogStream Open(string name, DateTimeOffset createdAt) =>
        new(name, createdAt, Path.Combine(state.Folder(folder), $"{Hash(name)}.ndjson"), bounds.StreamBytes);

    private void Save() => state.Write(
        $"{folder}/{DocumentName}",
        new Document(Name, CreatedAt, RetentionInDays, [.. Streams.Select(stream => new StreamDocument(stream.Name, stream.CreatedAt))]));

    private static string FolderOf(string name) => $"{LogStore.Folder}/{Hash(name)}";

    /// <summary>Names of groups and streams hold slashes, and are longer than a file name may be.</summary>
    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];

    private sealed record Document(string Name, DateTimeOffset CreatedAt, int? RetentionInDays, IReadOnlyList<StreamDocument> Streams);

    private sealed record StreamDocument(string Name, DateTimeOffset CreatedAt);
}
