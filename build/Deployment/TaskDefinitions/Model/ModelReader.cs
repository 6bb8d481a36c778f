using System.Text.Json;

namespace Slipway.Deployment.TaskDefinitions.Model;

/// <summary>Reads from a service model the shapes that one shape reaches, and no other: a start-up costs a millisecond.</summary>
internal sealed class ModelReader
{
    private readonly byte[] model;
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    public ModelReader(byte[] model)
    {
        this.model = model;
        var reader = new Utf8JsonReader(model);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isShapes = reader.ValueTextEquals("shapes"u8);
            reader.Read();
            if (isShapes) Index(ref reader);
            else reader.Skip();
        }
    }

    public Shape Read(string name)
    {
        if (shapes.TryGetValue(name, out var known)) return known;

        var (start, length) = places[name];
        using var json = JsonDocument.Parse(model.AsMemory(start, length));
        var source = json.RootElement;
        var element = source.TryGetProperty("member"u8, out var item) || source.TryGetProperty("value"u8, out item) ? Read(Target(item)) : null;
        var shape = new Shape(name, KindOf(source.GetProperty("type"u8).GetString()!))
        {
            Element = element,
            Enum = Texts(source, "enum"u8),
            Min = source.TryGetProperty("min"u8, out var least) ? least.GetInt32() : null,
            Max = source.TryGetProperty("max"u8, out var most) ? most.GetInt32() : null,
            Pattern = source.TryGetProperty("pattern"u8, out var pattern) ? pattern.GetString() : null,
        };
        shapes.Add(name, shape);
        if (source.TryGetProperty("members"u8, out var members))
        {
            var required = Texts(source, "required"u8);
            foreach (var member in members.EnumerateObject())
            {
                var isRequired = Array.IndexOf(required, member.Name) >= 0 || MemberLimits.IsRequired(name, member.Name);
                shape.Add(new ShapeMember(member.Name, Read(Target(member.Value)), isRequired)
                {
                    Range = MemberLimits.RangeOf(name, member.Name),
                    Pattern = MemberLimits.PatternOf(name, member.Name),
                });
            }
        }

        return shape;
    }

    private static string Target(JsonElement reference) => reference.GetProperty("shape"u8).GetString()!;

    private static ShapeKind KindOf(string type) => type switch
    {
        "structure" => ShapeKind.Structure,
        "list" => ShapeKind.List,
        "map" => ShapeKind.Map,
        "integer" => ShapeKind.Integer,
        "long" => ShapeKind.Long,
        "boolean" => ShapeKind.Boolean,
        "string" => ShapeKind.String,
        _ => throw new InvalidOperationException($"The service model has a type '{type}' that task definitions did not have so far."),
    };

    private static string[] Texts(JsonElement shape, ReadOnlySpan<byte> name)
    {
        if (!shape.TryGetProperty(name, out var list)) return [];
        var texts = new string[list.GetArrayLength()];
        for (var index = 0; index < texts.Length; index++) texts[index] = list[index].GetString()!;
        return texts;
    }

    private void Index(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            places.Add(name, new Place(start, (int)reader.BytesConsumed - start));
        }
    }

    private sealed record Place(int Start, int Length);
}
