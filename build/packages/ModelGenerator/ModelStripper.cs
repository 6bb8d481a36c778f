using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.ModelGenerator;

/// <summary>
/// Reduces a service-2.json to what the repository needs of it: the chosen operations, the shapes they reach,
/// names, types, required members, enums and ranges. Documentation text stays behind.
/// </summary>
internal static class ModelStripper
{
    private static readonly string[] MetadataKeys =
        ["apiVersion", "endpointPrefix", "jsonVersion", "protocol", "serviceFullName", "serviceId", "signatureVersion", "signingName", "targetPrefix", "uid"];

    private static readonly string[] ShapeKeys =
        ["type", "exception", "fault", "error", "required", "enum", "min", "max", "pattern", "timestampFormat", "union", "document"];

    private static readonly string[] MemberKeys = ["shape", "locationName", "idempotencyToken", "timestampFormat"];

    /// <returns>The stripped model as text: one operation or shape a line, sorted, so that a refresh reads as a diff.</returns>
    public static string Strip(JsonObject source, ServiceDefinition service, string version)
    {
        var operations = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var shapes = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var name in service.Operations)
        {
            var full = Child(source, "operations", name);
            var kept = new JsonObject();
            foreach (var side in new[] { "input", "output" })
            {
                if (full[side]?["shape"]?.GetValue<string>() is not { } shape) continue;
                kept[side] = shape;
                Reach(source, shape, shapes);
            }

            var errors = full["errors"]?.AsArray().Select(error => error!["shape"]!.GetValue<string>()).ToList() ?? [];
            errors.ForEach(error => Reach(source, error, shapes));
            kept["errors"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error))]);
            operations[name] = kept;
        }

        return Compose(service.Model, version, Pick(Child(source, "metadata"), MetadataKeys), operations, shapes);
    }

    private static void Reach(JsonObject source, string name, SortedDictionary<string, JsonObject> shapes)
    {
        if (shapes.ContainsKey(name)) return;
        var full = Child(source, "shapes", name);
        var kept = Pick(full, ShapeKeys);
        shapes[name] = kept;
        if (full["members"] is JsonObject members)
        {
            var list = new JsonObject();
            foreach (var (member, value) in members) list[member] = Pick(value!.AsObject(), MemberKeys);
            kept["members"] = list;
        }

        foreach (var part in new[] { "member", "key", "value" })
        {
            if (full[part] is JsonObject reference) kept[part] = Pick(reference, MemberKeys);
        }

        var next = (kept["members"] as JsonObject ?? []).Select(member => member.Value)
            .Concat([kept["member"], kept["key"], kept["value"]]);
        foreach (var reference in next.OfType<JsonObject>()) Reach(source, reference["shape"]!.GetValue<string>(), shapes);
    }

    private static JsonObject Pick(JsonObject source, string[] keys)
    {
        var kept = new JsonObject();
        foreach (var key in keys)
        {
            if (source[key] is { } value) kept[key] = value.DeepClone();
        }

        return kept;
    }

    private static JsonObject Child(JsonObject source, params string[] path)
    {
        var node = source;
        foreach (var name in path)
        {
            node = node[name] as JsonObject
                ?? throw new UsageException($"The model has no '{string.Join('/', path)}'. Try: a botocore service-2.json of this service.");
        }

        return node;
    }

    private static string Compose(
        string service,
        string version,
        JsonObject metadata,
        SortedDictionary<string, JsonObject> operations,
        SortedDictionary<string, JsonObject> shapes)
    {
        var text = new StringBuilder();
        text.Append("{\n\"service\":").Append(ModelText.Write(JsonValue.Create(service)));
        text.Append(",\n\"version\":").Append(ModelText.Write(JsonValue.Create(version)));
        text.Append(",\n\"metadata\":").Append(ModelText.Write(metadata));
        Section(text, "operations", operations);
        Section(text, "shapes", shapes);
        return text.Append("\n}\n").ToString();
    }

    private static void Section(StringBuilder text, string name, SortedDictionary<string, JsonObject> entries)
    {
        var lines = entries.Select(entry => $"{ModelText.Write(JsonValue.Create(entry.Key))}:{ModelText.Write(entry.Value)}");
        text.Append(",\n\"").Append(name).Append("\":{\n").AppendJoin(",\n", lines).Append("\n}");
    }
}
