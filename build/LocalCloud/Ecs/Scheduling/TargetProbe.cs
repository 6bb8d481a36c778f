using System.Net;
using System.Net.Sockets;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>The load balancer's health check: a GET that is answered with 200 to 399.</summary>
internal sealed class TargetProbe : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromSeconds(1),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Null where the target is healthy, else the load balancer's reason.</summary>
    public async Task<string?> CheckAsync(IPEndPoint endPoint, TargetHealthCheck check, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(check.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await client.GetAsync(
                new Uri($"http://{endPoint}{check.Path}"), HttpCompletionOption.ResponseHeadersRead, linked.Token);
            var code = (int)answer.StatusCode;
            return code is >= 200 and < 400 ? null : $"Health checks failed with these codes: [{code}]";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "Request timed out";
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException)
        {
            return "Health checks failed";
        }
    }

    public void Dispose() => client.Dispose();
}
