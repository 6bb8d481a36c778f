using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace Slipway.Deployment.Tests.Support;

/// <summary>A small image in the OCI layout, made in memory.</summary>
internal sealed class OciImage
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    public OciImage(params byte[][] layers)
    {
        Config = Encoding.UTF8.GetBytes("""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""");
        Layers = layers;
        Manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","config":{{Descriptor("application/vnd.oci.image.config.v1+json", Config)}},"layers":[{{string.Join(',', layers.Select(l => Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", l)))}}]}""");
    }

    public byte[] Config { get; }

    public IReadOnlyList<byte[]> Layers { get; }

    public byte[] Manifest { get; }

    public string Digest => Digests.Of(Manifest);

    public IEnumerable<byte[]> Blobs => [Config, .. Layers];

    public static string Descriptor(string type, byte[] content) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"mediaType":"{{type}}","digest":"{{Digests.Of(content)}}","size":{{content.Length}}}""");

    /// <summary>Writes the layout as a tar file, as the SDK does.</summary>
    public string WriteTo(string path) => WriteTo(path, $$"""{"schemaVersion":2,"manifests":[{{Descriptor(ManifestType, Manifest)}}]}""", [Manifest, .. Blobs]);

    public static string WriteTo(string path, string index, IEnumerable<byte[]> blobs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var tar = new TarWriter(File.Create(path));
        Add(tar, "oci-layout", Encoding.UTF8.GetBytes("""{"imageLayoutVersion":"1.0.0"}"""));
        Add(tar, "index.json", Encoding.UTF8.GetBytes(index));
        foreach (var blob in blobs)
            Add(tar, "blobs/sha256/" + Digests.Of(blob)[7..], blob);
        return path;
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
