using System.Text.Json;

namespace Slipway.Deployment.Tests.TaskDefinitions;

/// <summary>The shape of RegisterTaskDefinition's request, read from the service model by the tests themselves.</summary>
internal static class RequestModel
{
    private static readonly JsonElement Shapes = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", "ecs.json")))
        .RootElement.GetProperty("shapes");

    public static JsonElement Request => Shapes.GetProperty("RegisterTaskDefinitionRequest");

    public static JsonElement Shape(JsonElement reference) => Shapes.GetProperty(reference.GetProperty("shape").GetString()!);

    public static string Type(JsonElement shape) => shape.GetProperty("type").GetString()!;

    public static IEnumerable<JsonProperty> MembersOf(JsonElement structure) =>
        structure.TryGetProperty("members", out var members) ? members.EnumerateObject() : [];
}
