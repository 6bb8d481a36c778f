using System.Net.Http.Headers;

namespace Slipway.Deployment.Images;

/// <summary>Tries again after what passes by itself: no connection, a dropped one, 408, 429, 5xx.</summary>
/// <param name="time">The clock that waits.</param>
/// <param name="attempts">How many times at the most.</param>
internal sealed class RetryPolicy(TimeProvider time, int attempts = 6)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public TimeProvider Time => time;

    public int Attempts => attempts;

    public async Task<HttpResponseMessage> RunAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send, Func<HttpResponseMessage, bool> isTransient,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                var response = await send(cancellationToken);
                if (attempt == attempts || !isTransient(response))
                    return response;
                wait = DelayAfter(attempt, response.Headers.RetryAfter);
                response.Dispose();
            }
            catch (Exception e) when (IsDrop(e) && attempt < attempts && !cancellationToken.IsCancellationRequested)
            {
                wait = DelayAfter(attempt, null);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public static bool IsDrop(Exception e) => e is IOException or HttpRequestException { StatusCode: null };

    /// <summary>Doubles, with up to a third of chance; what the server asks for counts within bounds.</summary>
    public TimeSpan DelayAfter(int attempt, RetryConditionHeaderValue? asked)
    {
        var seconds = First.TotalSeconds * Math.Pow(2, attempt - 1) * (1 + (Random.Shared.NextDouble() / 3));
        var wanted = asked?.Delta ?? (asked?.Date - time.GetUtcNow()) ?? TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(Math.Max(seconds, wanted.TotalSeconds));
        return wait > Longest ? Longest : wait;
    }
}
