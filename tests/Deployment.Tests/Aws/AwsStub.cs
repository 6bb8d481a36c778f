using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>Answers AWS's wire protocols on loopback, operation by operation, and keeps what was asked.</summary>
internal sealed partial class AwsStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<string, (int Status, string Body)>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Operation, string Body)> calls = new();

    private AwsStub(WebApplication app) => this.app = app;

    public Uri Endpoint => new(app.Urls.Single());

    public IReadOnlyList<string> Operations => [.. calls.Select(call => call.Operation)];

    public static async Task<AwsStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new AwsStub(builder.Build());
        stub.app.MapPost("/", stub.AnswerAsync);
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>The time that the server says it is; null for the machine's.</summary>
    public DateTimeOffset? Clock { get; set; }

    /// <summary>Answers an operation from its request's body.</summary>
    public AwsStub On(string operation, Func<string, (int Status, string Body)> answer)
    {
        answers[operation] = answer;
        return this;
    }

    public AwsStub On(string operation, string body) => On(operation, _ => (200, body));

    public AwsStub OnError(string operation, string code, string message = "Said by the stub.") =>
        On(operation, _ => (400, $$"""{ "__type": "{{code}}", "message": "{{message}}" }"""));

    public string BodyOf(string operation) => calls.Last(call => call.Operation == operation).Body;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.Length > 0 ? target[(target.IndexOf('.') + 1)..] : Action().Match(body).Groups[1].Value;
        calls.Enqueue((operation, body));
        var (status, answer) = answers.TryGetValue(operation, out var known)
            ? known(body)
            : (400, """{ "__type": "UnknownOperationException" }""");
        context.Response.StatusCode = status;
        if (Clock is { } clock) context.Response.Headers.Date = clock.ToString("R");
        context.Response.ContentType = target.Length > 0 ? "application/x-amz-json-1.1" : "text/xml";
        await context.Response.WriteAsync(answer);
    }

    // The Query protocol names the operation in its form.
    [GeneratedRegex("(?:^|&)Action=([A-Za-z]+)")]
    private static partial Regex Action();
}
