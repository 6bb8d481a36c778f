using System.Text.Json;

namespace StreamMlService.Identity;

/// <summary>
/// The ECS task metadata endpoint, version 4: a link-local address that the agent puts into ECS_CONTAINER_METADATA_URI_V4. Asked when somebody
/// wants to know, never at the start; a good answer is kept, a failure is not asked again for a while.
/// </summary>
internal sealed class TaskMetadata(HttpClient client, Func<string, string?> environment, TimeProvider time, ILogger<TaskMetadata> log) : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    public const int MostBytes = 64 * 1024;

    private readonly SemaphoreSlim turn = new(1, 1);
    private TaskFacts? known;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;

    public async Task<TaskFacts> ReadAsync(CancellationToken cancellationToken)
    {
        if (known is not null) return known;
        var given = new TaskFacts(Text("SLIPWAY_IMAGE_DIGEST"), Text("SLIPWAY_TASK_ARN"), Text("SLIPWAY_TASK_DEFINITION"));
        if (given.IsComplete || Text("ECS_CONTAINER_METADATA_URI_V4") is not { } uri) return known = given;

        await turn.WaitAsync(cancellationToken);
        try
        {
            if (known is not null) return known;
            if (time.GetUtcNow() < notBefore) return given;
            return known = given.Or(Parse(await FetchAsync(uri, cancellationToken)));
        }
        catch (Exception exception) when (exception is HttpRequestException or UriFormatException or JsonException
                or InvalidOperationException or NotSupportedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            notBefore = time.GetUtcNow() + Pause;
            log.LogWarning("No task metadata from ECS_CONTAINER_METADATA_URI_V4: {Reason}", exception.Message);
            return given;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<byte[]> FetchAsync(string uri, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Timeout);
        return await client.GetByteArrayAsync(new Uri(uri), bound.Token);
    }

    private static TaskFacts Parse(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var labels = Property(root, "Labels");
        var family = String(labels, "com.amazonaws.ecs.task-definition-family");
        var revision = String(labels, "com.amazonaws.ecs.task-definition-version");
        return new TaskFacts(
            String(root, "ImageID"),
            String(labels, "com.amazonaws.ecs.task-arn"),
            family is null || revision is null ? null : $"{family}:{revision}");
    }

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var value) ? value : null;

    private static string? String(JsonElement? element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private string? Text(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
