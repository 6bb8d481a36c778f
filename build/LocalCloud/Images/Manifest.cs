using System.Text.Json;

namespace Slipway.LocalCloud.Images;

/// <summary>A descriptor in a manifest.</summary>
/// <param name="Foreign">Its bytes lie elsewhere ("urls"): not pushed.</param>
internal sealed record Descriptor(string Digest, string MediaType, long Size, string? Os = null, string? Architecture = null, bool Foreign = false);

/// <summary>An image manifest or an index, as far as the registry must understand it.</summary>
internal sealed record Manifest(string MediaType, bool IsIndex, Descriptor? Config, IReadOnlyList<Descriptor> Layers, IReadOnlyList<Descriptor> Children)
{
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    private const int MostDescriptors = 1000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Bytes of the image as ECR counts them: configuration and layers as they are packed.</summary>
    public long Size => (Config?.Size ?? 0) + Layers.Sum(layer => layer.Size);

    /// <summary>Reads a manifest; a <see cref="FormatException"/> says what is wrong with it.</summary>
    /// <param name="mediaType">The Content-Type that it came with.</param>
    public static Manifest Parse(string mediaType, ReadOnlyMemory<byte> bytes)
    {
        if (mediaType is not (OciManifest or OciIndex or DockerManifest or DockerList)) throw new FormatException($"manifest type '{mediaType}' is not supported");
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return Read(mediaType, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new FormatException($"manifest is not valid JSON: {error.Message}", error);
        }
    }

    private static Manifest Read(string mediaType, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("manifest is not a JSON object");
        if (!root.TryGetProperty("schemaVersion", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 2)
            throw new FormatException("manifest's schemaVersion is not 2");
        if (root.TryGetProperty("mediaType", out var stated) && (stated.ValueKind != JsonValueKind.String || stated.GetString() != mediaType))
            throw new FormatException($"manifest's mediaType differs from its Content-Type '{mediaType}'");
        if (mediaType is OciIndex or DockerList) return new Manifest(mediaType, true, null, [], Descriptors(root, "manifests"));
        if (!root.TryGetProperty("config", out var config)) throw new FormatException("manifest has no config");
        return new Manifest(mediaType, false, One(config, "config"), Descriptors(root, "layers"), []);
    }

    private static List<Descriptor> Descriptors(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array) throw new FormatException($"manifest has no list '{name}'");
        if (list.GetArrayLength() > MostDescriptors) throw new FormatException($"manifest has more than {MostDescriptors} {name}");
        return [.. list.EnumerateArray().Select((item, i) => One(item, $"{name}[{i}]"))];
    }

    private static Descriptor One(JsonElement item, string where)
    {
        if (item.ValueKind != JsonValueKind.Object) throw new FormatException($"{where} is not a descriptor");
        var digest = Text(item, "digest");
        if (digest is null || !ImageNames.IsDigest(digest)) throw new FormatException($"{where} has no sha256 digest");
        if (!item.TryGetProperty("size", out var size) || size.ValueKind != JsonValueKind.Number || !size.TryGetInt64(out var bytes) || bytes < 0)
            throw new FormatException($"{where} has no size");
        var platform = item.TryGetProperty("platform", out var found) && found.ValueKind == JsonValueKind.Object ? found : default(JsonElement?);
        var foreign = item.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array && urls.GetArrayLength() > 0;
        return new Descriptor(
            digest, Text(item, "mediaType") ?? "application/octet-stream", bytes,
            platform is { } p ? Text(p, "os") : null, platform is { } q ? Text(q, "architecture") : null, foreign);
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
