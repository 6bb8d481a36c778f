using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.ModelGenerator;

/// <summary>Reads a model (plain or gzipped, as botocore ships it) and writes its values without needless escapes.</summary>
internal static class ModelText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode? node) => node?.ToJsonString(Plain) ?? "null";

    public static JsonObject Read(string path)
    {
        if (!File.Exists(path)) throw new UsageException($"No file '{path}'.");
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            return JsonNode.Parse(stream) as JsonObject ?? throw new UsageException($"'{path}' is not a JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new UsageException($"'{path}' is not readable as a model: {error.Message}");
        }
    }
}
