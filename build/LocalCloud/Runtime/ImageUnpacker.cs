using System.Formats.Tar;
using System.IO.Compression;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Runtime;

/// <summary>
/// Lays an image's layers over each other in a folder, by the rules of the OCI image-spec (layer.md): whiteouts remove what lower
/// layers brought. Owners and special bits are left out; devices have no place in a task without privileges.
/// </summary>
internal static class ImageUnpacker
{
    public const long MostBytes = 8L << 30;
    public const int MostEntries = 500_000;

    private const string Whiteout = ".wh.";
    private const string OpaqueWhiteout = ".wh..wh..opq";
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static async Task UnpackAsync(IReadOnlyList<LayerBlob> layers, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var budget = new Budget();
        var root = new RootFolder(folder);
        foreach (var layer in layers)
        {
            try
            {
                await UnpackAsync(layer, root, budget, cancellationToken);
            }
            catch (Exception error) when (error is InvalidDataException or FormatException or EndOfStreamException or ArgumentException or NotSupportedException)
            {
                throw new InvalidDataException($"layer {layer.Digest} cannot be unpacked: {error.Message}", error);
            }
        }
    }

    private static async Task UnpackAsync(LayerBlob layer, RootFolder root, Budget budget, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(layer.File);
        await using var content = Open(file, layer);
        await using var tar = new TarReader(content);
        var ofThisLayer = new HashSet<string>(StringComparer.Ordinal);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            await LayAsync(root, entry, ofThisLayer, budget, cancellationToken);
    }

    private static Stream Open(FileStream file, LayerBlob layer)
    {
        if (layer.MediaType.EndsWith("zstd", StringComparison.Ordinal))
            throw new NotSupportedException("it is packed with zstd, which .NET 10 cannot read; build the image with gzip layers");
        var first = file.ReadByte();
        var second = file.ReadByte();
        file.Position = 0;
        return first == 0x1f && second == 0x8b ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static async Task LayAsync(
        RootFolder root, TarEntry entry, HashSet<string> ofThisLayer, Budget budget, CancellationToken cancellationToken)
    {
        budget.Spend(entry.Length);
        var path = root.Resolve(entry.Name);
        if (path == root.Root) return;
        var name = Path.GetFileName(path);
        if (name == OpaqueWhiteout)
        {
            RemoveBelow(Path.GetDirectoryName(path)!, ofThisLayer);
            return;
        }

        if (name.StartsWith(Whiteout, StringComparison.Ordinal))
        {
            var gone = name[Whiteout.Length..];
            if (gone is "" or "." or "..") throw new InvalidDataException($"the whiteout '{entry.Name}' names no file");
            Remove(Path.Combine(Path.GetDirectoryName(path)!, gone), root);
            return;
        }

        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                if (!IsFolder(path)) Remove(path, root);
                Directory.CreateDirectory(path);
                SetMode(path, (entry.Mode & Permissions) | OwnerFolder);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                MakeRoom(path, root);
                await WriteAsync(path, entry, cancellationToken);
                break;
            case TarEntryType.SymbolicLink:
                var target = root.LinkTarget(entry.Name, entry.LinkName);
                MakeRoom(path, root);
                File.CreateSymbolicLink(path, target);
                break;
            case TarEntryType.HardLink:
                var source = root.Resolve(entry.LinkName);
                if (source == path) return;
                if (new FileInfo(source) is not { Exists: true, LinkTarget: null })
                    throw new InvalidDataException($"the hard link '{entry.Name}' names no file: '{entry.LinkName}'");
                budget.Spend(new FileInfo(source).Length);
                MakeRoom(path, root);
                File.Copy(source, path);
                break;
            default:
                return;
        }

        ofThisLayer.Add(path);
    }

    private static async Task WriteAsync(string path, TarEntry entry, CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            if (entry.DataStream is { } data) await data.CopyToAsync(file, cancellationToken);
        SetMode(path, (entry.Mode & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void MakeRoom(string path, RootFolder root)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Remove(path, root);
    }

    private static void Remove(string path, RootFolder root)
    {
        if (path == root.Root) return;
        if (IsFolder(path)) Directory.Delete(path, recursive: true);
        else if (Directory.Exists(Path.GetDirectoryName(path))) File.Delete(path);
    }

    /// <summary>An opaque whiteout hides what lower layers put into a folder, whatever this layer has put there before it.</summary>
    private static void RemoveBelow(string folder, HashSet<string> ofThisLayer)
    {
        if (!IsFolder(folder)) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).ToList())
        {
            var isFolder = IsFolder(path);
            if (isFolder) RemoveBelow(path, ofThisLayer);
            if (ofThisLayer.Contains(path)) continue;
            if (!isFolder) File.Delete(path);
            else if (!Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
        }
    }

    private static bool IsFolder(string path) => new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    /// <summary>A small archive can unpack to more than any disk holds.</summary>
    private sealed class Budget
    {
        private long bytes;
        private int entries;

        public void Spend(long length)
        {
            if (++entries > MostEntries) throw new InvalidDataException($"it has more than {MostEntries} entries");
            bytes += Math.Max(0, length);
            if (bytes > MostBytes) throw new InvalidDataException($"it unpacks to more than {MostBytes >> 30} GiB");
        }
    }
}
