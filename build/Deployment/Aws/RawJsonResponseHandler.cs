using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Slipway.Deployment.Aws;

/// <summary>Keeps a copy of the body and hands a replay of it to the unmarshaller, so that the typed response works, too.</summary>
internal sealed class RawJsonResponseHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var result = await base.InvokeAsync<T>(executionContext);
        if (RawJson.Find(executionContext) is not { } exchange) return result;
        var context = executionContext.ResponseContext;
        if (context.HttpResponse is not { IsSuccessStatusCode: true } response) return result;
        using var buffer = new MemoryStream();
        await using (var stream = await response.ResponseBody.OpenResponseAsync())
        {
            await stream.CopyToAsync(buffer, executionContext.RequestContext.CancellationToken);
        }

        var body = buffer.ToArray();
        exchange.Keep(body);
        context.HttpResponse = new Replay(response, body);
        return result;
    }

    private sealed class Replay(IWebResponseData response, byte[] body) : IWebResponseData, IHttpResponseBody
    {
        public long ContentLength => body.Length;

        public string ContentType => response.ContentType;

        public System.Net.HttpStatusCode StatusCode => response.StatusCode;

        public bool IsSuccessStatusCode => response.IsSuccessStatusCode;

        public IHttpResponseBody ResponseBody => this;

        public string[] GetHeaderNames() => response.GetHeaderNames();

        public bool IsHeaderPresent(string headerName) => response.IsHeaderPresent(headerName);

        public string GetHeaderValue(string headerName) => response.GetHeaderValue(headerName);

        public bool IsEventHeaderPresent(string headerName) => response.IsEventHeaderPresent(headerName);

        public Amazon.Runtime.EventStreams.IEventStreamHeader GetEventStreamHeader(string headerName) => response.GetEventStreamHeader(headerName);

        public Stream OpenResponse() => new MemoryStream(body, writable: false);

        public Task<Stream> OpenResponseAsync() => Task.FromResult(OpenResponse());

        public void Dispose() => response.ResponseBody.Dispose();
    }
}
