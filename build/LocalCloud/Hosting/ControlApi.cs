using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Hosting;

/// <summary>What AWS has not: /_local/health, /_local/shutdown, /_local/faults and /_local/calls.</summary>
internal sealed class ControlApi(
    BoundPorts ports, IRegistryPlace place, Instance instance, ITaskRuntimeSelector runtimes, FaultPlan faults, CallJournal journal, IHostApplicationLifetime lifetime)
{
    private const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_local/health", HealthAsync);
        routes.MapPost("/_local/shutdown", ShutdownAsync);
        routes.MapGet("/_local/faults", context => AnswerAsync(context, 200, JsonSerializer.SerializeToNode(faults.List(), Wire)!));
        routes.MapPost("/_local/faults", AddFaultAsync);
        routes.MapPut("/_local/faults", ReplaceFaultsAsync);
        routes.MapDelete("/_local/faults", context => ClearAsync(context, faults.Clear));
        routes.MapGet("/_local/calls", context => AnswerAsync(context, 200, JsonSerializer.SerializeToNode(journal.List(), Wire)!));
        routes.MapDelete("/_local/calls", context => ClearAsync(context, journal.Clear));
    }

    private async Task HealthAsync(HttpContext context)
    {
        var runtime = await runtimes.SelectAsync(context.RequestAborted);
        await AnswerAsync(context, 200, new JsonObject
        {
            ["status"] = "ok",
            ["account"] = Account.Id,
            ["region"] = Account.Region,
            ["pid"] = Environment.ProcessId,
            ["port"] = ports.Api,
            ["frontDoorPort"] = ports.FrontDoor,
            ["registry"] = place.Endpoint,
            ["runtime"] = runtime.Name,
            ["runtimeNote"] = runtime.Note,
            ["instance"] = instance.Id,
            ["version"] = Instance.Version,
        });
    }

    private async Task ShutdownAsync(HttpContext context)
    {
        await AnswerAsync(context, 202, new JsonObject { ["status"] = "stopping" });
        await context.Response.CompleteAsync();
        lifetime.StopApplication();
    }

    private Task AddFaultAsync(HttpContext context) => SwitchAsync(context, 201, request => JsonSerializer.SerializeToNode(faults.Add(request), Wire)!);

    private Task ReplaceFaultsAsync(HttpContext context) => SwitchAsync(context, 200, request => JsonSerializer.SerializeToNode(faults.Replace(request), Wire)!);

    private static async Task SwitchAsync(HttpContext context, int status, Func<JsonElement, JsonNode> change)
    {
        var body = await RequestBody.ReadAsync(context.Request, MostBytes, context.RequestAborted);
        try
        {
            if (body is null) throw new ArgumentException($"the request is longer than {MostBytes} bytes");
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            await AnswerAsync(context, status, change(document.RootElement));
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            await AnswerAsync(context, 400, new JsonObject { ["error"] = $"cannot switch on this fault: {error.Message}" });
        }
    }

    private static Task ClearAsync(HttpContext context, Action clear)
    {
        clear();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, int status, JsonNode answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
