namespace Slipway.LocalCloud.Logs;

/// <summary>A line for a person to read.</summary>
internal sealed record LogLine(string Stream, DateTimeOffset Time, string Message);

/// <summary>Reads what the containers wrote.</summary>
internal interface ILogReader
{
    /// <summary>The last lines of a group, oldest first; none where there is no such group.</summary>
    IReadOnlyList<LogLine> Tail(string group, int count);
}
