using System.Text.Json;

namespace Slipway.LocalCloud.Logs;

/// <summary>One stream: an append-only file of JSON lines, and the half before it.</summary>
internal sealed class LogStream(string name, DateTimeOffset createdAt, string file, long mostBytes)
{
    private const byte NewLine = (byte)'\n';

    private readonly Lock gate = new();
    private Summary? summary;
    private long? length;

    public string Name { get; } = name;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Bytes on disk.</summary>
    public long Bytes => Length(file) + Length(Older);

    /// <summary>When the stream was last written; its making where it never was.</summary>
    public DateTimeOffset LastWritten => File.Exists(file) ? new DateTimeOffset(File.GetLastWriteTimeUtc(file)) : CreatedAt;

    private string Older => file + ".1";

    /// <summary>First and last timestamp and last ingestion; null where the stream is empty.</summary>
    public (long First, long Last, long LastIngestion)? Span
    {
        get
        {
            lock (gate) return Summarize() is { Count: > 0 } known ? (known.First, known.Last, known.LastIngestion) : null;
        }
    }

    /// <summary>Adds events in one write; true where the file was full and a new one begun.</summary>
    public bool Append(IReadOnlyList<(long Timestamp, string Message)> events, long now)
    {
        lock (gate)
        {
            var known = Summarize();
            using var buffer = new MemoryStream();

            // Only a former process can have left half a line.
            if (length is null && !EndsWithNewLine()) buffer.WriteByte(NewLine);
            var size = length ?? Length(file);
            var after = known;
            foreach (var (timestamp, message) in events)
            {
                var item = new LogEvent(after.Next, timestamp, now, message);
                JsonSerializer.Serialize(buffer, item);
                buffer.WriteByte(NewLine);
                after = after.With(item);
            }

            var full = size > 0 && size + buffer.Length > mostBytes / 2;
            if (full) File.Move(file, Older, overwrite: true);
            length = null;
            using (var target = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0))
                target.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
            length = (full ? 0 : size) + buffer.Length;
            summary = after;
            return full;
        }
    }

    /// <summary>All events by time; a line that a crash cut off is left out.</summary>
    public IReadOnlyList<LogEvent> Read()
    {
        lock (gate)
        {
            List<LogEvent> events = [.. Lines(Older), .. Lines(file)];
            for (var i = 1; i < events.Count; i++)
            {
                if (events[i].Timestamp < events[i - 1].Timestamp) return [.. events.OrderBy(item => item.Timestamp).ThenBy(item => item.Number)];
            }

            return events;
        }
    }

    /// <summary>The last events as they arrived, read from the end: a page shows them again and again.</summary>
    public IReadOnlyList<LogEvent> ReadLast(int count)
    {
        lock (gate)
        {
            var last = LastLines(file, count);
            return last.Count < count ? [.. LastLines(Older, count - last.Count), .. last] : last;
        }
    }

    public void Delete()
    {
        lock (gate)
        {
            File.Delete(file);
            File.Delete(Older);
            summary = null;
            length = null;
        }
    }

    private Summary Summarize() => summary ??= Lines(Older).Concat(Lines(file)).Aggregate(Summary.Empty, (known, item) => known.With(item));

    private static IEnumerable<LogEvent> Lines(string path)
    {
        if (!File.Exists(path)) yield break;
        foreach (var line in File.ReadLines(path))
        {
            if (Parse(line) is { } item) yield return item;
        }
    }

    private static List<LogEvent> LastLines(string path, int count)
    {
        if (!File.Exists(path)) return [];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        for (var size = 64L * 1024; ; size *= 8)
        {
            stream.Position = Math.Max(0, stream.Length - size);
            var whole = stream.Position == 0;
            using var reader = new StreamReader(stream, leaveOpen: true);
            var lines = reader.ReadToEnd().Split('\n');
            var events = lines.Skip(whole ? 0 : 1).Select(Parse).OfType<LogEvent>().TakeLast(count).ToList();
            if (whole || events.Count == count) return events;
        }
    }

    private static LogEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<LogEvent>(line) is { Message: not null } item ? item : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool EndsWithNewLine()
    {
        if (Length(file) == 0) return true;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == NewLine;
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private sealed record Summary(long Count, long Next, long First, long Last, long LastIngestion)
    {
        public static readonly Summary Empty = new(0, 1, long.MaxValue, long.MinValue, 0);

        public Summary With(LogEvent item) => new(
            Count + 1, Math.Max(Next, item.Number + 1), Math.Min(First, item.Timestamp), Math.Max(Last, item.Timestamp), Math.Max(LastIngestion, item.IngestionTime));
    }
}
