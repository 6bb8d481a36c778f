using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Slipway.LocalCloud.BaseImage;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Tests.BaseImage;

internal sealed class LayerFileTests
{
    private static readonly ImageEntry[] Entries =
    [
        ImageEntry.Text("/b/deep/file", "text"),
        ImageEntry.Link("/a/link", "/b/deep/file"),
        ImageEntry.Folder("/b", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, owner: 7),
    ];

    private DirectoryInfo folder = null!;

    [SetUp]
    public void Begin() => folder = Directory.CreateTempSubdirectory("slipway-layer-");

    [TearDown]
    public void End() => folder.Delete(recursive: true);

    [Test]
    public async Task Same_entries_in_any_order_give_the_same_bytes()
    {
        var one = await WriteAsync(Entries);
        var two = await WriteAsync(Entries.Reverse());
        Assert.That((two.Digest, two.DiffId, two.Size), Is.EqualTo((one.Digest, one.DiffId, one.Size)));
    }

    [Test]
    public async Task Digests_are_those_of_the_packed_and_of_the_unpacked_bytes()
    {
        var layer = await WriteAsync(Entries);
        var packed = await File.ReadAllBytesAsync(layer.File);
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)) await gzip.CopyToAsync(unpacked);

        Assert.That(layer.Digest, Is.EqualTo(Digest(packed)));
        Assert.That(layer.DiffId, Is.EqualTo(Digest(unpacked.ToArray())));
        Assert.That(layer.Size, Is.EqualTo(packed.Length));
    }

    [Test]
    public async Task Every_entry_comes_after_its_folders_without_times_and_with_the_given_owner()
    {
        var layer = await WriteAsync(Entries);
        var entries = BaseImageBench.Entries(new LayerBlob(layer.Digest, LayerFile.MediaType, layer.File));

        Assert.That(entries.Keys, Is.EqualTo(new[] { "a/", "a/link", "b/", "b/deep/", "b/deep/file" }));
        Assert.That(entries.Values.Select(entry => entry.ModificationTime), Is.All.EqualTo(DateTimeOffset.UnixEpoch));
        Assert.That(entries["b/"].Uid, Is.EqualTo(7));
        Assert.That(entries["b/deep/"].Mode, Is.EqualTo((UnixFileMode)0b111_101_101));
        Assert.That(entries["a/link"].EntryType, Is.EqualTo(TarEntryType.SymbolicLink));
        using var reader = new StreamReader(entries["b/deep/file"].DataStream!);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("text"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "file modes")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_copy_follows_links_and_keeps_of_the_mode_only_whether_it_is_executable()
    {
        var file = Path.Combine(folder.FullName, "library.so.1.2");
        await File.WriteAllTextAsync(file, "code");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupExecute);
        var link = File.CreateSymbolicLink(Path.Combine(folder.FullName, "library.so"), "library.so.1.2").FullName;

        var entry = ImageEntry.Copy("/lib/library.so", link);
        Assert.That(entry.Source, Is.EqualTo(file));
        Assert.That(entry.Mode, Is.EqualTo((UnixFileMode)0b111_101_101));

        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.That(ImageEntry.Copy("/x", file).Mode, Is.EqualTo((UnixFileMode)0b110_100_100));
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private Task<LayerFile> WriteAsync(IEnumerable<ImageEntry> entries) =>
        LayerFile.WriteAsync(Path.Combine(folder.FullName, Path.GetRandomFileName()), entries, CancellationToken.None);
}
