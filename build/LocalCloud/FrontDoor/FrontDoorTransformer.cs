using Yarp.ReverseProxy.Forwarder;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>What an Application Load Balancer does to a request: the host stays, the client is told about in X-Forwarded headers.</summary>
internal sealed class FrontDoorTransformer : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        var client = httpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var forwarded = httpContext.Request.Headers["X-Forwarded-For"].ToString();
        Set(proxyRequest, "X-Forwarded-For", forwarded.Length == 0 ? client : $"{forwarded}, {client}");
        Set(proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);
        Set(proxyRequest, "X-Forwarded-Port", $"{httpContext.Connection.LocalPort}");
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
