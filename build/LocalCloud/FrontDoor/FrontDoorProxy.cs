using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Slipway.LocalCloud.Ecs.Storage;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>
/// The load balancer: forwards every request to a healthy task, without buffering. A request of which nothing was sent yet goes to
/// another task where the first one has just gone.
/// </summary>
internal sealed class FrontDoorProxy : IDisposable
{
    private static readonly ForwarderRequestConfig Config = new()
    {
        // A stream may be quiet for long: an Application Load Balancer's longest idle timeout is 4000 s.
        ActivityTimeout = TimeSpan.FromSeconds(4000),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        AllowResponseBuffering = false,
    };

    private readonly IHttpForwarder forwarder;
    private readonly TargetPool pool;
    private readonly EcsState state;
    private readonly FrontDoorTransformer transformer = new();
    private readonly HttpMessageInvoker client;

    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker disposes of its handler, the handler of the inner one.")]
    public FrontDoorProxy(IHttpForwarder forwarder, TargetPool pool, EcsState state)
    {
        this.forwarder = forwarder;
        this.pool = pool;
        this.state = state;
        client = new HttpMessageInvoker(new DuplexHandler(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = false,
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            ConnectTimeout = TimeSpan.FromSeconds(5),

            // Tasks come and go: a connection that lies idle longer than this is likelier dead than useful.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        }));
    }

    public async Task HandleAsync(HttpContext context)
    {
        var body = new WatchedBody(context.Request.Body);
        context.Request.Body = body;
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (pool.Take(tried) is { } target)
        {
            try
            {
                var error = await forwarder.SendAsync(context, $"http://{target.EndPoint}", client, Config, transformer);
                if (error == ForwarderError.None || !MayRetry(context, body)) return;
            }
            finally
            {
                pool.Release(target);
            }

            tried.Add(target.TaskId);
            context.Response.Clear();
        }

        await RefuseAsync(context, tried.Count);
    }

    public void Dispose() => client.Dispose();

    private static bool MayRetry(HttpContext context, WatchedBody body)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested || body.WasRead) return false;
        if (context.Features.Get<IForwarderErrorFeature>() is not { Error: ForwarderError.Request } failure) return false;
        var nothingSent = failure.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
        return nothingSent || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || HttpMethods.IsOptions(context.Request.Method) || HttpMethods.IsPut(context.Request.Method) || HttpMethods.IsDelete(context.Request.Method);
    }

    private async Task RefuseAsync(HttpContext context, int tried)
    {
        var snapshot = state.Current;
        var service = snapshot.Services.Values.FirstOrDefault(one => one.Status == Ecs.Model.Service.Active && one.LoadBalancer() is not null);
        var why = service is null ? "no service is behind this front door"
            : service.DesiredCount == 0 ? $"service {service.Name} has a desired count of 0: nothing was deployed yet"
            : tried > 0 ? $"the healthy tasks of service {service.Name} did not take the request"
            : $"service {service.Name} has no healthy task; its last event: {service.Events.FirstOrDefault()?.Message}";
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.RetryAfter = "1";
        await context.Response.WriteAsync($"503: {why}\n", context.RequestAborted);
    }
}
