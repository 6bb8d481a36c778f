using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Slipway.Deployment.Aws;

/// <summary>Connects directly: .NET sends even loopback requests through the proxy that HTTP_PROXY names.</summary>
internal sealed class DirectHttpClientFactory : HttpClientFactory
{
    public static readonly DirectHttpClientFactory Instance = new();

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of its handler.")]
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(
        new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) },
        disposeHandler: true)
    {
        Timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(100),
    };

    public override string GetConfigUniqueString(IClientConfig clientConfig) => nameof(DirectHttpClientFactory);
}
