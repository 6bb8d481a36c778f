using System.Formats.Tar;
using System.Security.Cryptography;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>
/// An image in a tar file with the OCI image layout: <c>index.json</c> and <c>blobs/sha256/…</c>. Nothing is unpacked: blobs are read
/// where they lie.
/// What is not proper is an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class OciArchive : IDisposable
{
    private const int MaximumEntries = 10_000;
    private const string Blobs = "blobs/sha256/";

    private readonly FileStream _file;
    private readonly Dictionary<string, (long Offset, long Length)> _entries;

    private OciArchive(FileStream file, Dictionary<string, (long Offset, long Length)> entries)
    {
        (_file, _entries) = (file, entries);
        Root = ReadRoot();
    }

    /// <summary>The manifest that the layout's index names.</summary>
    public OciManifest Root { get; }

    public static OciArchive Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new OciArchive(file, ReadEntries(file));
        }
        catch (Exception e)
        {
            file.Dispose();
            // The tar reader has many words for a file that is none.
            if (e is InvalidDataException or IOException)
                throw;
            throw new InvalidDataException($"the archive cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Whether a blob is there with the size that its descriptor says.</summary>
    public bool Has(OciDescriptor blob) => _entries.TryGetValue(EntryOf(blob.Digest), out var entry) && entry.Length == blob.Size;

    /// <summary>Part of a blob; its digest is for the receiver to check.</summary>
    public async Task<byte[]> ReadAsync(OciDescriptor blob, long offset, int length, CancellationToken cancellationToken)
    {
        var entry = Find(blob);
        var part = new byte[(int)Math.Min(length, entry.Length - offset)];
        _file.Seek(entry.Offset + offset, SeekOrigin.Begin);
        await _file.ReadExactlyAsync(part, cancellationToken);
        return part;
    }

    /// <summary>Writes a blob into a file of its own; its digest is for the receiver to check.</summary>
    public async Task ExtractAsync(OciDescriptor blob, string file, CancellationToken cancellationToken)
    {
        await using var target = File.Create(file);
        for (var at = 0L; at < blob.Size;)
        {
            var part = await ReadAsync(blob, at, 1024 * 1024, cancellationToken);
            await target.WriteAsync(part, cancellationToken);
            at += part.Length;
        }
    }

    /// <summary>A manifest that another one names; its digest is checked.</summary>
    public OciManifest ReadManifest(OciDescriptor descriptor)
    {
        if (descriptor.Size > OciManifest.MaximumBytes)
            throw new InvalidDataException($"the manifest '{descriptor.Digest}' has {descriptor.Size} bytes");
        var entry = Find(descriptor);
        var content = new byte[entry.Length];
        _file.Seek(entry.Offset, SeekOrigin.Begin);
        _file.ReadExactly(content);
        if ("sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)) != descriptor.Digest)
            throw new InvalidDataException($"the manifest '{descriptor.Digest}' has been altered");
        return new OciManifest(descriptor.MediaType, content);
    }

    /// <summary>The root, and what it names where it is an index. Every blob of every manifest is here.</summary>
    public IReadOnlyList<OciManifest> Manifests()
    {
        var manifests = Root.IsIndex ? [.. Root.Manifests.Select(ReadManifest)] : new List<OciManifest>();
        // What an index names comes before it: a registry refuses an index of manifests that it does not know.
        manifests.Add(Root);
        if (manifests.SkipLast(1).Any(m => m.IsIndex))
            throw new InvalidDataException("the archive nests an index in an index");
        return manifests.SelectMany(m => m.Blobs).FirstOrDefault(blob => !Has(blob)) is { } missing
            ? throw new InvalidDataException($"the archive lacks '{missing.Digest}' with {missing.Size} bytes")
            : manifests;
    }

    private static Dictionary<string, (long Offset, long Length)> ReadEntries(FileStream file)
    {
        var entries = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        using var tar = new TarReader(file, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entries.Count == MaximumEntries)
                throw new InvalidDataException($"the archive has more than {MaximumEntries} entries");
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            if (entry.DataOffset < 0 || entry.DataOffset + entry.Length > file.Length)
                throw new InvalidDataException("the archive ends too early");
            entries[entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name] =
                (entry.DataOffset, entry.Length);
        }

        return entries;
    }

    private OciManifest ReadRoot()
    {
        if (!_entries.TryGetValue("index.json", out var entry) || entry.Length > OciManifest.MaximumBytes)
            throw new InvalidDataException("the archive has no proper 'index.json'");
        var content = new byte[entry.Length];
        _file.Seek(entry.Offset, SeekOrigin.Begin);
        _file.ReadExactly(content);
        return OciJson.Parse(content, "'index.json'")["manifests"] is JArray { Count: 1 } manifests
            ? ReadManifest(OciManifest.Descriptor(manifests[0]))
            : throw new InvalidDataException("'index.json' does not name one image");
    }

    private (long Offset, long Length) Find(OciDescriptor descriptor) => Has(descriptor)
        ? _entries[EntryOf(descriptor.Digest)]
        : throw new InvalidDataException($"the archive lacks '{descriptor.Digest}' with {descriptor.Size} bytes");

    private static string EntryOf(string digest) => Blobs + digest["sha256:".Length..];
}
