using System.Text.Json;

namespace Slipway.LocalCloud.Runtime;

/// <summary>What an image says about how it is run (the "config" of an OCI image configuration).</summary>
internal sealed record ImageConfig(
    IReadOnlyList<string> Entrypoint, IReadOnlyList<string> Command, IReadOnlyList<string> Environment, string WorkingDirectory)
{
    public static ImageConfig Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var config = document.RootElement.TryGetProperty("config", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
            return new ImageConfig(
                Texts(config, "Entrypoint"),
                Texts(config, "Cmd"),
                Texts(config, "Env"),
                Member(config, "WorkingDir") is { ValueKind: JsonValueKind.String } folder && folder.GetString() is { Length: > 0 } text ? text : "/");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ContainerStartException($"CannotPullContainerError: the image's configuration is not valid: {error.Message}", error);
        }
    }

    private static JsonElement? Member(JsonElement config, string name) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var value) ? value : null;

    private static List<string> Texts(JsonElement config, string name) =>
        Member(config, name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];

    /// <summary>The argument list that starts the container: an overridden entry point leaves the image's command behind, as with Docker.</summary>
    public IReadOnlyList<string> Arguments(ContainerRequest request)
    {
        var entryPoint = request.EntryPoint ?? Entrypoint;
        var command = request.Command ?? (request.EntryPoint is null ? Command : []);
        return [.. entryPoint, .. command];
    }
}
