using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AWSSDK.Tests.Support;

/// <summary>A server on a free port that answers in the order given; the last answer repeats.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Answer> answers;
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly WebApplication app;

    private StubServer(IEnumerable<Answer> answers)
    {
        this.answers = new(answers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(HandleAsync);
    }

    public string Url => app.Urls.Single();

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public static async Task<StubServer> StartAsync(params Answer[] answers)
    {
        var server = new StubServer(answers);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        requests.Enqueue(new ReceivedRequest(context.Request.Method, context.Request.Path, headers, body.ToArray()));
        if (!(answers.Count > 1 ? answers.TryDequeue(out var answer) : answers.TryPeek(out answer))) answer = Answers.Json("{}");
        await answer(context);
    }
}
