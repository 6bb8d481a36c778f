namespace Slipway.EndToEnd.Tests.Support;

/// <summary>Looks at the command lines of this machine's processes again and again, as any user of it could. Linux only.</summary>
internal sealed class ProcessList : IAsyncDisposable
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    public ProcessList() => _watch = Task.Run(WatchAsync);

    /// <summary>Each command line that was seen, once.</summary>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        return _seen;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                try
                {
                    _seen.Add((await File.ReadAllTextAsync(Path.Combine(process, "cmdline"))).Replace('\0', ' '));
                }
                catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
                {
                    // It ended in the meantime.
                }
            }

            await Task.Delay(pause, TimeProvider.System);
        }
    }
}
