using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Answers;

/// <summary>How AWS JSON 1.1 writes what .NET holds.</summary>
internal static class Json
{
    /// <summary>Seconds since 1970 with milliseconds.</summary>
    public static JsonNode? Time(DateTimeOffset? time) => time is { } known ? JsonValue.Create(known.ToUnixTimeMilliseconds() / 1000d) : null;

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> render) => new([.. items.Select(render)]);

    public static JsonArray Texts(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode?)JsonValue.Create(item))]);

    /// <summary>Leaves out members without a value: AWS does not send null.</summary>
    public static JsonObject WithoutNulls(JsonObject node)
    {
        foreach (var name in node.Where(member => member.Value is null).Select(member => member.Key).ToList()) node.Remove(name);
        return node;
    }

    public static JsonObject Copy(JsonObject node) => (JsonObject)node.DeepClone();

    public static JsonArray Copy(JsonArray node) => (JsonArray)node.DeepClone();
}
