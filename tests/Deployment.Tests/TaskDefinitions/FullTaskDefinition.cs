using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Deployment.Tests.TaskDefinitions;

/// <summary>A task definition that uses every member of RegisterTaskDefinition's request, made from the service model.</summary>
internal static class FullTaskDefinition
{
    public const string Family = "everything";
    public const string Container = "name";

    /// <summary>The document, with every member once.</summary>
    public static string Text { get; } = Create();

    /// <summary>The paths of its members, list indices left out: "containerDefinitions.portMappings.hostPort".</summary>
    public static IReadOnlySet<string> Paths(JsonElement element)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        Collect(element, string.Empty, paths);
        return paths;
    }

    /// <summary>The members of <paramref name="sent"/> that <paramref name="answered"/> lacks or has with another value, by their paths.</summary>
    public static IEnumerable<string> FindLost(JsonNode? sent, JsonNode? answered, string path = "")
    {
        if (sent is JsonObject item)
        {
            foreach (var (name, value) in item)
            {
                var inner = path.Length == 0 ? name : $"{path}.{name}";
                var there = answered is JsonObject owner && owner.TryGetPropertyValue(name, out var found) ? found : null;
                foreach (var lost in there is null ? [inner] : FindLost(value, there, inner)) yield return lost;
            }
        }
        else if (sent is JsonArray list)
        {
            for (var index = 0; index < list.Count; index++)
            {
                var there = answered is JsonArray found && index < found.Count ? found[index] : null;
                foreach (var lost in there is null ? [path] : FindLost(list[index], there, path)) yield return lost;
            }
        }
        else if (!JsonNode.DeepEquals(sent, answered))
        {
            yield return path;
        }
    }

    private static string Create()
    {
        var root = Structure(RequestModel.Request);
        root["family"] = Family;
        // The model does not tell it: the first word says how the rest is run.
        root["containerDefinitions"]![0]!["healthCheck"]!["command"] = new JsonArray("CMD", "/health");
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static JsonObject Structure(JsonElement shape)
    {
        var result = new JsonObject();
        foreach (var member in RequestModel.MembersOf(shape)) result[member.Name] = Value(RequestModel.Shape(member.Value), member.Name);
        return result;
    }

    private static JsonNode Value(JsonElement shape, string name) => RequestModel.Type(shape) switch
    {
        "structure" => Structure(shape),
        "list" => new JsonArray(Value(RequestModel.Shape(shape.GetProperty("member")), name)),
        "map" => new JsonObject { [$"{name}-key"] = Value(RequestModel.Shape(shape.GetProperty("value")), name) },
        "boolean" => JsonValue.Create(true),
        "integer" or "long" => JsonValue.Create(7),
        _ => JsonValue.Create(shape.TryGetProperty("enum", out var values) ? values[0].GetString()! : name),
    };

    private static void Collect(JsonElement element, string path, HashSet<string> paths)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Collect(item, path, paths);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                var inner = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                paths.Add(inner);
                Collect(member.Value, inner, paths);
            }
        }
    }
}
