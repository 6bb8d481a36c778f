using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>A packed layer on disk.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Digest">"sha256:…" of the packed bytes.</param>
/// <param name="DiffId">"sha256:…" of the tar inside.</param>
internal sealed record LayerFile(string File, string Digest, string DiffId, long Size)
{
    public const string MediaType = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>
    /// Writes a layer. The same entries give the same bytes: sorted, without times and names of owners, with the folders above each entry.
    /// </summary>
    public static async Task<LayerFile> WriteAsync(string file, IEnumerable<ImageEntry> entries, CancellationToken cancellationToken)
    {
        string diffId;
        await using (var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
        await using (var packed = new GZipStream(target, CompressionLevel.Fastest))
        await using (var hashed = new HashingStream(packed))
        {
            await using (var tar = new TarWriter(hashed, TarEntryFormat.Ustar, leaveOpen: true))
            {
                foreach (var entry in WithFolders(entries)) await WriteAsync(tar, entry, cancellationToken);
            }

            diffId = hashed.Digest();
        }

        await using var written = System.IO.File.OpenRead(file);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken));
        return new LayerFile(file, $"sha256:{digest}", diffId, written.Length);
    }

    private static SortedDictionary<string, ImageEntry>.ValueCollection WithFolders(IEnumerable<ImageEntry> entries)
    {
        var all = new SortedDictionary<string, ImageEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            all[entry.Path] = entry;
            for (var end = entry.Path.LastIndexOf('/'); end > 0; end = entry.Path.LastIndexOf('/', end - 1))
                all.TryAdd(entry.Path[..end], ImageEntry.Folder(entry.Path[..end]));
        }

        return all.Values;
    }

    private static async Task WriteAsync(TarWriter tar, ImageEntry entry, CancellationToken cancellationToken)
    {
        var name = entry.Path.TrimStart('/') + (entry.Kind == TarEntryType.Directory ? "/" : "");
        await using Stream? content = entry.Source is { } source ? System.IO.File.OpenRead(source) : entry.Content is { } bytes ? new MemoryStream(bytes) : null;
        var written = new UstarTarEntry(entry.Kind, name)
        {
            Mode = entry.Mode,
            Uid = entry.Owner,
            Gid = entry.Owner,
            ModificationTime = DateTimeOffset.UnixEpoch,
        };
        if (content is not null) written.DataStream = content;
        if (entry.Target is { } target) written.LinkName = target;
        await tar.WriteEntryAsync(written, cancellationToken);
    }
}
