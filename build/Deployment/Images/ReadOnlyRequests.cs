namespace Slipway.Deployment.Images;

/// <summary>Lets GET and HEAD through to a registry and nothing else.</summary>
/// <param name="sending">Is told each request that is let through.</param>
/// <param name="inner">Sends them.</param>
internal sealed class ReadOnlyRequests(Action<HttpRequestMessage> sending, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            throw new NotReadOnlyException($"{request.Method} to '{request.RequestUri?.Authority}'");
        sending(request);
        return base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests to a registry are asynchronous.");
}
