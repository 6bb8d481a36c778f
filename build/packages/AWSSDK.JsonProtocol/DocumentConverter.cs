using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime.Documents;
using Amazon.Runtime.Documents.Internal.Transform;

namespace Amazon.JsonProtocol;

/// <summary>A member that the API leaves open: any JSON.</summary>
internal sealed class DocumentConverter : JsonConverter<Document>
{
    public override Document Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return Convert(json.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Document value, JsonSerializerOptions options) =>
        DocumentMarshaller.Instance.Write(writer, value);

    private static Document Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new Document(element.EnumerateObject().ToDictionary(member => member.Name, member => Convert(member.Value))),
        JsonValueKind.Array => new Document(element.EnumerateArray().Select(Convert).ToList()),
        JsonValueKind.String => new Document(element.GetString()),
        JsonValueKind.True or JsonValueKind.False => new Document(element.GetBoolean()),
        JsonValueKind.Number => element.TryGetInt64(out var number) ? new Document(number) : new Document(element.GetDouble()),
        _ => default,
    };
}
