using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Registry;

/// <summary>Writes answers as the distribution specification has them.</summary>
internal static class RegistryAnswer
{
    public static Task FailAsync(HttpContext context, RegistryException refusal) => JsonAsync(context, refusal.Status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message }),
    });

    public static Task JsonAsync(HttpContext context, int status, JsonObject document) =>
        BytesAsync(context, status, "application/json", JsonSerializer.SerializeToUtf8Bytes(document));

    /// <summary>HEAD gets the headers alone.</summary>
    public static Task BytesAsync(HttpContext context, int status, string contentType, byte[] bytes)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    public static Task Empty(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = status == 204 ? null : 0;
        return Task.CompletedTask;
    }

    public static string Url(HttpRequest request, string path) => $"http://{request.Host.Value}{path}";
}
