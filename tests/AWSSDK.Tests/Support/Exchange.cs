using System.Text;
using Microsoft.AspNetCore.Http;

namespace AWSSDK.Tests.Support;

/// <summary>A request as the stub received it.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string Operation => Headers["X-Amz-Target"].Split('.')[1];
}

/// <summary>How the stub answers one request.</summary>
internal delegate Task Answer(HttpContext context);

/// <summary>The answers that tests use.</summary>
internal static class Answers
{
    public static Answer Json(string body, int status = 200) => Text(body, status, "application/x-amz-json-1.1");

    public static Answer Html(string body, int status) => Text(body, status, "text/html");

    public static Answer Error(string code, string message, int status = 400) =>
        Json($$"""{"__type":"{{code}}","message":"{{message}}"}""", status);

    /// <summary>The connection breaks before any answer.</summary>
    public static Answer Reset { get; } = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>No answer until the client goes.</summary>
    public static Answer Never { get; } = context =>
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    };

    private static Answer Text(string body, int status, string type) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555";
        return context.Response.WriteAsync(body);
    };
}
