using System.Globalization;

namespace Slipway.LocalCloud.Logs;

/// <summary>A place in the order of events: by time, then by number. It stays right while events are added or dropped.</summary>
internal readonly record struct LogCursor(long Timestamp, long Number) : IComparable<LogCursor>
{
    public static LogCursor Of(LogEvent item) => new(item.Timestamp, item.Number);

    public int CompareTo(LogCursor other) => Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp) : Number.CompareTo(other.Number);

    /// <summary>The place just before: a search after it finds this one.</summary>
    public LogCursor Before => this with { Number = Math.Max(0, Number - 1) };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Timestamp:D20}-{Number:D20}");

    public static bool TryParse(string text, out LogCursor cursor)
    {
        cursor = default;
        var dash = text.LastIndexOf('-');
        if (dash <= 0 || text.Length > 60) return false;
        if (!long.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)) return false;
        if (!long.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        cursor = new LogCursor(timestamp, number);
        return true;
    }

    public static bool operator <(LogCursor left, LogCursor right) => left.CompareTo(right) < 0;

    public static bool operator >(LogCursor left, LogCursor right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogCursor left, LogCursor right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogCursor left, LogCursor right) => left.CompareTo(right) >= 0;
}
