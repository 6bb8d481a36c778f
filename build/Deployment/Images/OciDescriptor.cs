using System.Globalization;
using System.Security.Cryptography;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>A pointer to content, as the OCI image specification has it.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Digest">"sha256:…".</param>
/// <param name="Size">Its length in bytes.</param>
internal sealed record OciDescriptor(string MediaType, string Digest, long Size);

/// <summary>A manifest, with the bytes that its digest is of.</summary>
/// <param name="MediaType">Image or index, OCI's or Docker's.</param>
/// <param name="Content">The bytes.</param>
internal sealed record OciManifest(string MediaType, byte[] Content)
{
    public const string OciImage = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string DockerImage = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>More than any registry takes; ECR's own limit is 4 MiB.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private const int MaximumParts = 1000;

    public static IReadOnlyList<string> MediaTypes { get; } = [OciIndex, OciImage, DockerList, DockerImage];

    public string Digest { get; } = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Whether it lists manifests, not layers.</summary>
    public bool IsIndex => MediaType is OciIndex or DockerList;

    /// <summary>The image's configuration; its digest is the image id that an engine shows. Null for an index.</summary>
    public OciDescriptor? Config => IsIndex ? null : Descriptor(Parse()["config"]);

    /// <summary>Configuration and layers of an image.</summary>
    public IReadOnlyList<OciDescriptor> Blobs => IsIndex ? [] : [Descriptor(Parse()["config"]), .. List("layers")];

    /// <summary>The manifests of an index.</summary>
    public IReadOnlyList<OciDescriptor> Manifests => IsIndex ? List("manifests") : [];

    /// <summary>The platforms that an index lists, without entries that are no images ("unknown/unknown": attestations).</summary>
    public IReadOnlyList<string> Platforms => !IsIndex || Parse()["manifests"] is not JArray items ? [] :
        [.. items.OfType<JObject>().Select(item => item["platform"] is JObject platform ? PlatformOf(platform) : null).OfType<string>()
            .Where(platform => platform != "unknown/unknown").Distinct()];

    /// <summary>"linux/amd64" of an object with "os" and "architecture"; null where it has none.</summary>
    public static string? PlatformOf(JObject item) =>
        item["os"] is JValue { Value: string os } && item["architecture"] is JValue { Value: string architecture } ? $"{os}/{architecture}" : null;

    private List<OciDescriptor> List(string name)
    {
        if (Parse()[name] is not JArray items || items.Count > MaximumParts)
            throw new InvalidDataException($"the manifest has no proper '{name}'");
        return [.. items.Select(Descriptor)];
    }

    private JObject Parse() => OciJson.Parse(Content, "a manifest");

    public static OciDescriptor Descriptor(JToken? token)
    {
        if (token is JObject item
            && item["digest"] is { Type: JTokenType.String } digest && ImageReference.IsDigest((string?)digest)
            && item["size"] is { Type: JTokenType.Integer } size && size.ToString() is { Length: < 18 } text
            && long.Parse(text, CultureInfo.InvariantCulture) is >= 0 and var length)
            return new OciDescriptor(item["mediaType"] is { Type: JTokenType.String } type ? (string)type! : "", (string)digest!, length);
        throw new InvalidDataException("a descriptor lacks a proper digest or size");
    }
}
