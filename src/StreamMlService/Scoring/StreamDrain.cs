using StreamMlService.Hosting;

namespace StreamMlService.Scoring;

/// <summary>After the signal to stop, open streams have a grace to come to their end; then they are told and ended.</summary>
internal sealed class StreamDrain : IDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenRegistration stopping;
    private ITimer? timer;

    public StreamDrain(IHostApplicationLifetime lifetime, ServiceSettings settings, TimeProvider time)
    {
        stopping = lifetime.ApplicationStopping.Register(
            () => timer = time.CreateTimer(_ => over.Cancel(), null, settings.Grace, Timeout.InfiniteTimeSpan));
    }

    public CancellationToken GraceIsOver => over.Token;

    public void Dispose()
    {
        stopping.Dispose();
        timer?.Dispose();
        over.Dispose();
    }
}
