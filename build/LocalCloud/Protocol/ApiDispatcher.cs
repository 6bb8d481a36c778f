using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Sts;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Takes every POST to "/": reads it within bounds, checks who signed it and whether it is well formed, and calls the service.</summary>
internal sealed class ApiDispatcher(
    IEnumerable<IServiceApi> services, StsApi sts, SignatureVerifier verifier, CallGate gate, ILogger<ApiDispatcher> log)
{
    /// <summary>The largest request of these services is a batch of log events of 1 MiB, which JSON may double.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const string ContentType = "application/x-amz-json-1.1";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private readonly Dictionary<string, (IServiceApi Api, ServiceModel Model)> byPrefix =
        services.ToDictionary(api => api.TargetPrefix, api => (api, ServiceModel.Load(api.Model)), StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, MostBytes, context.RequestAborted);
            if (body is null) await FailAsync(context, new ApiException("RequestEntityTooLargeException", $"Request size exceeded {MostBytes} bytes.", 413));
            else if (StsApi.Takes(context.Request)) await sts.HandleAsync(context, body, requestId);
            else await InvokeAsync(context, body);
        }
        catch (ApiException refusal)
        {
            await FailAsync(context, refusal);
        }
    }

    private async Task InvokeAsync(HttpContext context, byte[] body)
    {
        var (api, model, operation) = Target(context.Request.Headers["X-Amz-Target"]);
        verifier.Verify(context.Request, body, model.Name);
        if (!model.Knows(operation))
            throw new ApiException("UnknownOperationException", $"LocalCloud has no operation '{operation}' in {model.Name}; it has {string.Join(", ", model.Operations)}.");
        if (await gate.EndsAsync(context, $"{model.Name}:{operation}")) return;
        var input = Parse(body);
        InputValidator.Check(model, operation, input);
        JsonObject output;
        try
        {
            output = await api.InvokeAsync(operation, input, context.RequestAborted);
        }
        catch (Exception error) when (error is not (ApiException or OperationCanceledException))
        {
            log.LogError(error, "{Service}:{Operation} failed", model.Name, operation);
            throw new ApiException("ServerException", $"LocalCloud failed in {operation}: {error.Message}", 500);
        }

        await WriteAsync(context, 200, output);
    }

    private (IServiceApi Api, ServiceModel Model, string Operation) Target(string? target)
    {
        var dot = target?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot > 0 && byPrefix.TryGetValue(target![..dot], out var service)) return (service.Api, service.Model, target[(dot + 1)..]);
        throw new ApiException(
            "UnknownOperationException",
            $"LocalCloud offers ECS, ECR, CloudWatch Logs (header X-Amz-Target) and STS (form field Action); the target '{target}' is none of them.");
    }

    private static JsonObject Parse(byte[] body)
    {
        if (body.Length == 0) return [];
        try
        {
            if (JsonNode.Parse(body, documentOptions: Strict) is JsonObject input) return input;
        }
        catch (JsonException error)
        {
            throw new ApiException("SerializationException", $"The request is not valid JSON: {error.Message}");
        }

        throw new ApiException("SerializationException", "The request is not a JSON object.");
    }

    private static Task FailAsync(HttpContext context, ApiException refusal) =>
        WriteAsync(context, refusal.Status, new JsonObject { ["__type"] = refusal.Code, ["message"] = refusal.Message });

    private static Task WriteAsync(HttpContext context, int status, JsonObject output)
    {
        var bytes = FaultEffect.Sent(context, JsonSerializer.SerializeToUtf8Bytes(output));
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
