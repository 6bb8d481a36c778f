using System.Formats.Tar;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>Writes the OCI image layout into a tar file, the same bytes for the same content.</summary>
internal static class OciLayout
{
    /// <param name="path">Where to.</param>
    /// <param name="root">The image or index that the layout is of; it is among the blobs.</param>
    /// <param name="blobs">By digest, in the order in which they are written.</param>
    /// <param name="cancellationToken">Ends the writing; the file may be partial then.</param>
    public static async Task WriteAsync(
        string path, OciManifest root, SortedDictionary<string, Func<Stream>> blobs, CancellationToken cancellationToken)
    {
        var descriptor = new JObject { ["mediaType"] = root.MediaType, ["digest"] = root.Digest, ["size"] = root.Content.Length };
        var index = new JObject { ["schemaVersion"] = 2, ["mediaType"] = OciManifest.OciIndex, ["manifests"] = new JArray(descriptor) };
        await using var tar = new TarWriter(File.Create(path), TarEntryFormat.Gnu);
        await AddEntryAsync(tar, "oci-layout", new MemoryStream("{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray()), cancellationToken);
        await AddEntryAsync(
            tar, "index.json", new MemoryStream(Encoding.UTF8.GetBytes(index.ToString(Formatting.None))), cancellationToken);
        foreach (var (digest, open) in blobs)
            await AddEntryAsync(tar, "blobs/sha256/" + digest[7..], open(), cancellationToken);
    }

    private static async Task AddEntryAsync(TarWriter tar, string name, Stream content, CancellationToken cancellationToken)
    {
        await using (content)
        {
            var entry = new GnuTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                ModificationTime = DateTimeOffset.UnixEpoch,
            };
            await tar.WriteEntryAsync(entry, cancellationToken);
        }
    }
}
