namespace StreamMlService.Scoring;

/// <summary>Why and when the service ends a stream itself: silence for too long, or the service is stopping and the grace is over.</summary>
internal sealed class StreamClosing : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly TimeSpan patience;
    private readonly ITimer idle;
    private readonly CancellationTokenRegistration drained;
    private LineError? reason;

    public StreamClosing(TimeSpan patience, TimeProvider time, CancellationToken graceIsOver)
    {
        this.patience = patience;
        idle = time.CreateTimer(
            _ => Close(new LineError("idle", $"Nothing came for {patience.TotalSeconds} s.")), null, patience, Timeout.InfiniteTimeSpan);
        drained = graceIsOver.Register(() => Close(new LineError("stopping", "The service is stopping. Try: connect again.")));
    }

    public CancellationToken Token => source.Token;

    public LineError? Reason => Volatile.Read(ref reason);

    /// <summary>Something came: the silence begins anew.</summary>
    public void Touch() => idle.Change(patience, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        idle.Dispose();
        drained.Dispose();
        source.Dispose();
    }

    private void Close(LineError why)
    {
        if (Interlocked.CompareExchange(ref reason, why, null) is not null) return;
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The timer fired while the stream ended by itself.
        }
    }
}
