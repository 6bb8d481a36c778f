using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Protocol;

/// <summary>Reads members of a validated input; absent and null are the same.</summary>
internal static class JsonInput
{
    public static string? Text(this JsonObject input, string name) => input[name]?.GetValue<string>();

    public static int? Integer(this JsonObject input, string name) => input[name]?.GetValue<int>();

    public static long? Long(this JsonObject input, string name) => input[name]?.GetValue<long>();

    public static bool? Flag(this JsonObject input, string name) => input[name]?.GetValue<bool>();

    public static IReadOnlyList<string>? Texts(this JsonObject input, string name) =>
        input[name] is JsonArray list ? [.. list.Select(item => item!.GetValue<string>())] : null;

    public static IReadOnlyList<JsonObject>? Objects(this JsonObject input, string name) =>
        input[name] is JsonArray list ? [.. list.Select(item => item!.AsObject())] : null;

    /// <summary>A list for an answer.</summary>
    public static JsonArray Array(this IEnumerable<JsonNode> items) => new([.. items]);

    public static JsonArray Array(this IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);

    /// <summary>A moment as the JSON protocol has it.</summary>
    public static double EpochSeconds(this DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1000d;
}
