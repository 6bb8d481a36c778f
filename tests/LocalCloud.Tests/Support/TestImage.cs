using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Tests.Support;

/// <summary>A small image made in memory: one layer with one file.</summary>
internal sealed class TestImage
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    public TestImage(string text, string architecture = "amd64")
    {
        var tar = Tar(text);
        Layer = Gzip(tar);
        Config = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray("/hello") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(DigestOf(tar)) },
            ["history"] = new JsonArray(new JsonObject { ["created_by"] = "test" }),
        }.ToJsonString());
        Manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", Config),
            ["layers"] = new JsonArray(Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", Layer)),
        }.ToJsonString());
    }

    public byte[] Layer { get; }

    public byte[] Config { get; }

    public byte[] Manifest { get; }

    public string Digest => DigestOf(Manifest);

    public static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    public static JsonObject Descriptor(string mediaType, byte[] bytes) => new() { ["mediaType"] = mediaType, ["digest"] = DigestOf(bytes), ["size"] = bytes.Length };

    /// <summary>An index of images for several platforms.</summary>
    public static byte[] Index(params (TestImage Image, string Architecture)[] images) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = IndexType,
        ["manifests"] = new JsonArray([.. images.Select(item =>
        {
            var descriptor = Descriptor(ManifestType, item.Image.Manifest);
            descriptor["platform"] = new JsonObject { ["os"] = item.Architecture == "unknown" ? "unknown" : "linux", ["architecture"] = item.Architecture };
            return (JsonNode)descriptor;
        })]),
    }.ToJsonString());

    /// <summary>Writes an OCI layout folder.</summary>
    public void WriteLayout(string folder)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var bytes in new[] { Layer, Config, Manifest }) File.WriteAllBytes(Path.Combine(blobs, DigestOf(bytes)["sha256:".Length..]), bytes);
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(Descriptor(ManifestType, Manifest)) };
        File.WriteAllText(Path.Combine(folder, "index.json"), index.ToJsonString());
    }

    private static byte[] Tar(string text)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "hello") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }
}
