using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// Takes the time of the build out of an archive of the SDK: the layer that it added and the image's configuration say when they were made,
/// so that equal sources would give another digest each time, and an immutable repository would refuse a rebuilt image that is the same.
/// </summary>
internal sealed class ReproducibleArchive(OciArchive source)
{
    private const string Author = ".NET SDK";

    // Sorted, so that the file is the same each time, too.
    private readonly SortedDictionary<string, Func<Stream>> _blobs = new(StringComparer.Ordinal);

    /// <summary>Writes the archive without times. An image that the SDK did not put together as expected is written as it is.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Ends the writing; the file may be partial then.</param>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var work = Directory.CreateDirectory(path + ".layers");
        try
        {
            var root = source.Root;
            foreach (var manifest in source.Manifests())
                await AddAsync(manifest, work.FullName, cancellationToken);
            if (!root.IsIndex && await RewriteAsync(root, work.FullName, cancellationToken) is { } rewritten)
                root = rewritten;
            await OciLayout.WriteAsync(path, root, _blobs, cancellationToken);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private async Task AddAsync(OciManifest manifest, string work, CancellationToken cancellationToken)
    {
        _blobs[manifest.Digest] = () => new MemoryStream(manifest.Content);
        foreach (var blob in manifest.Blobs)
        {
            var file = Path.Combine(work, blob.Digest[7..]);
            await source.ExtractAsync(blob, file, cancellationToken);
            _blobs[blob.Digest] = () => File.OpenRead(file);
        }
    }

    private async Task<OciManifest?> RewriteAsync(OciManifest root, string work, CancellationToken cancellationToken)
    {
        var blobs = root.Blobs;
        var configFile = await File.ReadAllBytesAsync(Path.Combine(work, blobs[0].Digest[7..]), cancellationToken);
        var config = OciJson.Parse(configFile, "the image's configuration");
        if (blobs.Count < 2 || blobs.DistinctBy(b => b.Digest).Count() < blobs.Count
            || config["history"] is not JArray { Last: JObject added } || (string?)added["author"] != Author
            || config["rootfs"]?["diff_ids"] is not JArray { Count: > 0 } diffIds)
            return null;

        var (layer, diffId) = await RewriteLayerAsync(Path.Combine(work, blobs[^1].Digest[7..]), work, cancellationToken);
        diffIds[^1] = diffId;
        config["created"] = added["created"] = "1970-01-01T00:00:00Z";
        var manifest = OciJson.Parse(root.Content, "the manifest");
        Replace(manifest["layers"]![blobs.Count - 2]!, blobs[^1], layer, await DigestAsync(layer, cancellationToken),
            new FileInfo(layer).Length);
        var content = Encoding.UTF8.GetBytes(config.ToString(Formatting.None));
        Replace(manifest["config"]!, blobs[0], null, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
        _blobs[(string)manifest["config"]!["digest"]!] = () => new MemoryStream(content);
        _blobs.Remove(root.Digest);
        var rewritten = new OciManifest(root.MediaType, Encoding.UTF8.GetBytes(manifest.ToString(Formatting.None)));
        _blobs[rewritten.Digest] = () => new MemoryStream(rewritten.Content);
        return rewritten;
    }

    private void Replace(JToken descriptor, OciDescriptor former, string? file, string digest, long size)
    {
        _blobs.Remove(former.Digest);
        (descriptor["digest"], descriptor["size"]) = (digest, size);
        if (file is not null)
            _blobs[digest] = () => File.OpenRead(file);
    }

    /// <summary>The layer's entries in the order of their names, of no time; packed again.</summary>
    private static async Task<(string File, string DiffId)> RewriteLayerAsync(
        string layer, string work, CancellationToken cancellationToken)
    {
        var (plain, sorted, packed) = (Path.Combine(work, "plain"), Path.Combine(work, "sorted"), Path.Combine(work, "packed"));
        await using (var unpacked = File.Create(plain))
        await using (var gzip = new GZipStream(File.OpenRead(layer), CompressionMode.Decompress))
            await gzip.CopyToAsync(unpacked, cancellationToken);

        var entries = new SortedDictionary<string, TarEntry>(StringComparer.Ordinal);
        await using (var file = File.OpenRead(plain))
        await using (var reader = new TarReader(file))
        await using (var writer = new TarWriter(File.Create(sorted), TarEntryFormat.Gnu))
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
                entries[entry.Name] = entry;
            foreach (var entry in entries.Values)
                await writer.WriteEntryAsync(WithoutTime(entry), cancellationToken);
        }

        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Optimal))
        await using (var file = File.OpenRead(sorted))
            await file.CopyToAsync(gzip, cancellationToken);
        return (packed, await DigestAsync(sorted, cancellationToken));
    }

    // GNU's format, as the names of PAX headers hold the number of the process that wrote them.
    private static GnuTarEntry WithoutTime(TarEntry entry)
    {
        var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
        var copy = new GnuTarEntry(isFile ? TarEntryType.RegularFile : entry.EntryType, entry.Name)
        {
            Mode = entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            ModificationTime = DateTimeOffset.UnixEpoch,
        };
        if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            copy.LinkName = entry.LinkName;
        // A part of the plain file, which is copied from there: a model may be larger than memory.
        if (isFile)
            copy.DataStream = entry.DataStream;
        return copy;
    }

    private static async Task<string> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
