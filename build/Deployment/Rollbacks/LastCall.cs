namespace Slipway.Deployment.Rollbacks;

/// <summary>A call that began before the run was cancelled, and whose answer names what has begun.</summary>
internal static class LastCall
{
    /// <summary>How long a cancelled run waits for answers. GitHub sends its second signal after 7.5 s, and that one ends the process.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Begins no call in a cancelled run. One that has begun gets a few seconds for its answer.</summary>
    public static async Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> call, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var cancelled = cancellationToken.Register(() => grace.CancelAfter(Patience));
        return await call(grace.Token);
    }
}
