namespace Slipway.Deployment.Services;

/// <summary>Where one container of one task writes its output.</summary>
/// <param name="Region">The region of the log group; null: the environment's own.</param>
/// <param name="Group">The log group's name.</param>
/// <param name="Stream">The log stream's name: "prefix/container/task id".</param>
public sealed record LogStreamName(string? Region, string Group, string Stream);

/// <summary>One log line.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Text">The line, as the container wrote it.</param>
public sealed record LogLine(DateTimeOffset At, string Text);

/// <summary>A part of a log stream.</summary>
/// <param name="Lines">Oldest first.</param>
/// <param name="NextToken">Where the next part begins; null where the stream does not exist (yet).</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, string? NextToken);

/// <summary>Reads what containers wrote (for AWS: CloudWatch Logs).</summary>
public interface ILogReader
{
    /// <summary>The newest lines of a stream, oldest first, and where to go on; empty where there is no such stream.</summary>
    Task<LogPage> TailAsync(LogStreamName stream, int lines, CancellationToken cancellationToken);

    /// <summary>What was written after an earlier part.</summary>
    Task<LogPage> ReadOnAsync(LogStreamName stream, string nextToken, CancellationToken cancellationToken);
}
