namespace Slipway.Deployment.Status;

/// <summary>One log line of a service.</summary>
/// <param name="At">When it was written.</param>
/// <param name="TaskId">Which task wrote it.</param>
/// <param name="Container">Which container of it.</param>
/// <param name="Text">The line, without control characters.</param>
public sealed record ServiceLogLine(DateTimeOffset At, string TaskId, string Container, string Text);
