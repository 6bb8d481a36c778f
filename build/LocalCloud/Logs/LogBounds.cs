namespace Slipway.LocalCloud.Logs;

/// <summary>How much may be kept, so that a noisy service cannot fill the disk.</summary>
/// <param name="StreamBytes">A stream keeps between half of this and all of it: its newest events.</param>
/// <param name="GroupBytes">Beyond it, the streams that were quiet for longest go.</param>
/// <param name="GroupStreams">Likewise.</param>
internal sealed record LogBounds(long StreamBytes = 20 * 1024 * 1024, long GroupBytes = 200 * 1024 * 1024, int GroupStreams = 1000);
