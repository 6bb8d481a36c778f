using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>
/// The layout of everything that this program writes: two spaces, LF, a line end at the end; order and digits as read. Written with the
/// framework's own writer, which is compiled ahead of time: a run renders one document, and its first must not wait for a compiler.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Room for the largest document, below what the collector takes for large.</summary>
    private const int InitialBytes = 80 * 1024;

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 128,
        SkipValidation = true,
    };

    /// <summary>The document as text.</summary>
    public static string Write(JToken token)
    {
        var bytes = new ArrayBufferWriter<byte>(InitialBytes);
        using (var writer = new Utf8JsonWriter(bytes, Layout)) Write(writer, token);
        bytes.Write("\n"u8);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JToken token)
    {
        switch (token)
        {
            case JObject item:
                writer.WriteStartObject();
                for (var member = item.First; member is not null; member = member.Next)
                {
                    writer.WritePropertyName(((JProperty)member).Name);
                    Write(writer, ((JProperty)member).Value);
                }

                writer.WriteEndObject();
                break;
            case JArray list:
                writer.WriteStartArray();
                for (var item = list.First; item is not null; item = item.Next) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JRaw number:
                // An element writes its own digits; a raw value would, too, but not on a line of its own in an array.
                using (var digits = JsonDocument.Parse((string)number.Value!)) digits.RootElement.WriteTo(writer);
                break;
            default:
                WriteScalar(writer, ((JValue)token).Value);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, object? value)
    {
        if (value is string text) writer.WriteStringValue(text);
        else if (value is bool yes) writer.WriteBooleanValue(yes);
        else writer.WriteNullValue();
    }
}
