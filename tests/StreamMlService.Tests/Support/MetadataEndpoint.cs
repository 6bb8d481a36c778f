using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace StreamMlService.Tests.Support;

/// <summary>A task metadata endpoint whose answers a test decides.</summary>
internal sealed class MetadataEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private MetadataEndpoint(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/v4/task", (RequestDelegate)(context =>
        {
            Interlocked.Increment(ref asked);
            return answer(context);
        }));
    }

    public int Asked => Volatile.Read(ref asked);

    public string Uri => $"{app.Urls.Single()}/v4/task";

    public static async Task<MetadataEndpoint> StartAsync(Func<HttpContext, Task> answer)
    {
        var endpoint = new MetadataEndpoint(answer);
        await endpoint.app.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
