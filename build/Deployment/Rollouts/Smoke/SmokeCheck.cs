using System.Net.Http.Headers;
using System.Text;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Tracking;

namespace Slipway.Deployment.Rollouts.Smoke;

/// <summary>Asks a URL until it answers with 2xx: a deployment that nobody can reach has not succeeded.</summary>
/// <param name="url">http or https. User and password in it are sent as basic authentication, to its own host only.</param>
/// <param name="timeout">How long it may take until the first good answer.</param>
/// <param name="report">Tells each answer that is not good.</param>
/// <param name="time">The clock of pauses and limits.</param>
/// <param name="handler">Sends the requests; null for the network.</param>
public sealed class SmokeCheck(Uri url, TimeSpan timeout, IReport report, TimeProvider time, HttpMessageHandler? handler = null)
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan answerWithin = TimeSpan.FromSeconds(10);

    private readonly string shown = SmokeUrl.Show(url);

    /// <summary>Null: a good answer came. Else why not.</summary>
    public async Task<RolloutFailure?> RunAsync(CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The client disposes it.
        using var http = new HttpClient(handler ?? Network(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
        var begin = time.GetTimestamp();
        while (true)
        {
            var left = timeout - time.GetElapsedTime(begin);
            var (isGood, answer) = await AskAsync(http, left < answerWithin ? left : answerWithin, cancellationToken);
            if (isGood)
            {
                report.Fact($"'{shown}' answers: {answer}.");
                return null;
            }

            if (time.GetElapsedTime(begin) + pause >= timeout) return Failure(answer);
            report.Progress($"'{shown}': {answer}.");
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<(bool IsGood, string Answer)> AskAsync(HttpClient http, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.FromSeconds(1), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, SmokeUrl.WithoutUser(url));
        if (url.UserInfo.Length > 0) request.Headers.Authorization = Basic(url);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var at = response.RequestMessage?.RequestUri is { } last && last.Host != url.Host ? $" at '{SmokeUrl.Show(last)}'" : string.Empty;
            return (response.IsSuccessStatusCode, FormattableString.Invariant($"status {(int)response.StatusCode}{at}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, "no answer in time");
        }
        catch (HttpRequestException error)
        {
            return (false, $"no answer ({(error.HttpRequestError == HttpRequestError.Unknown ? "request failed" : error.HttpRequestError)})");
        }
    }

    private RolloutFailure Failure(string answer) => new(
        FormattableString.Invariant($"The deployment is complete, but '{shown}' gave no good answer within {timeout.TotalSeconds:0} s: {answer}."),
        "ask the URL by hand; look at the service's log, at its port and at what stands between it and the URL; raise --smoke-timeout where it needs longer to answer")
    { Key = "smoke", IsSpecific = true };

    private static AuthenticationHeaderValue Basic(Uri url)
    {
        var user = Uri.UnescapeDataString(url.UserInfo);
        return new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user.Contains(':', StringComparison.Ordinal) ? user : user + ":")));
    }

    private static SocketsHttpHandler Network() => new()
    {
        MaxAutomaticRedirections = MostRedirects,
        ConnectTimeout = answerWithin,
        Proxy = new DirectToThisMachine(HttpClient.DefaultProxy),
        PooledConnectionLifetime = TimeSpan.Zero,
    };
}
