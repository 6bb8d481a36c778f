using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

internal sealed class ReproducibleArchiveTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task The_same_files_give_the_same_digest_whenever_and_in_whatever_order()
    {
        var monday = await Rewrite("2026-11-23T01:02:03Z", ("app", ""), ("app/a.dll", "aa"), ("app/b.json", "bb"));
        var tuesday = await Rewrite("2026-11-24T11:12:13Z", ("app/b.json", "bb"), ("app", ""), ("app/a.dll", "aa"));
        var other = await Rewrite("2026-11-23T01:02:03Z", ("app", ""), ("app/a.dll", "aa"), ("app/b.json", "bc"));

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(tuesday).AsSpan().SequenceEqual(File.ReadAllBytes(monday)), Is.True);
            Assert.That(DigestOf(other), Is.Not.EqualTo(DigestOf(monday)));
        });
    }

    [Test]
    public async Task The_image_is_whole_and_its_parts_agree()
    {
        using var archive = OciArchive.Open(await Rewrite("2026-11-23T01:02:03Z", ("app", ""), ("app/a.dll", "aa")));
        var blobs = archive.Root.Blobs;
        var config = Encoding.UTF8.GetString(await Read(archive, blobs[0]));
        var plain = Unpack(await Read(archive, blobs[^1]));

        Assert.Multiple(async () =>
        {
            foreach (var blob in archive.Manifests().SelectMany(m => m.Blobs))
                Assert.That(Digests.Of(await Read(archive, blob)), Is.EqualTo(blob.Digest));
            Assert.That(config, Does.Contain($"\"{Digests.Of(plain)}\"]").And.Contain("\"entrypoint\"").And.Not.Contain("2026"));
            Assert.That(Entries(plain), Is.EqualTo(new[] { "app 0 ---", "app/a.dll 2 rwx" }));
            Assert.That(archive.Root.Blobs, Has.Count.EqualTo(3), "the base image's layer stays as it is");
            Assert.That(blobs[1].Digest, Is.EqualTo(Digests.Of("base layer")));
        });
    }

    [Test]
    public async Task An_image_that_the_SDK_did_not_make_stays_as_it_is()
    {
        var image = new OciImage("layer"u8.ToArray());
        using var archive = OciArchive.Open(image.WriteTo(_folder.Combine("in.tar")));

        await new ReproducibleArchive(archive).WriteAsync(_folder.Combine("out.tar"), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(DigestOf(_folder.Combine("out.tar")), Is.EqualTo(image.Digest));
            Assert.That(Directory.GetDirectories(_folder.Path), Is.Empty, "nothing else stays");
        });
    }

    [Test]
    public async Task A_large_file_is_not_held_in_memory()
    {
        const int size = 48 * 1024 * 1024;
        using var archive = OciArchive.Open(Sdk("2026-11-23T01:02:03Z", Layer("2026-11-23T01:02:03Z", [("app/model.bin", new string('m', size))])));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await new ReproducibleArchive(archive).WriteAsync(_folder.Combine("out.tar"), CancellationToken.None);

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(size / 4));
        using var written = OciArchive.Open(_folder.Combine("out.tar"));
        Assert.That(Entries(Unpack(await Read(written, written.Root.Blobs[^1]))), Is.EqualTo(new[] { $"app/model.bin {size} rwx" }));
    }

    [Test]
    public void A_layer_that_is_none_is_refused()
    {
        using var archive = OciArchive.Open(Sdk("2026-11-23T01:02:03Z", "no gzip"u8.ToArray()));

        Assert.That(
            () => new ReproducibleArchive(archive).WriteAsync(_folder.Combine("out.tar"), CancellationToken.None),
            Throws.InstanceOf<InvalidDataException>());
    }

    private async Task<string> Rewrite(string created, params (string Name, string Content)[] files)
    {
        using var archive = OciArchive.Open(Sdk(created, Layer(created, files)));
        var path = _folder.Combine(Guid.NewGuid() + ".tar");
        await new ReproducibleArchive(archive).WriteAsync(path, CancellationToken.None);
        return path;
    }

    private string Sdk(string created, byte[] layer)
    {
        var baseLayer = "base layer"u8.ToArray();
        var config = Encoding.UTF8.GetBytes(
            $$"""{"config":{"entrypoint":["x"]},"created":"{{created}}","rootfs":{"type":"layers","diff_ids":["sha256:a","sha256:b"]},"history":[{"created_by":"base"},{"author":".NET SDK","created":"{{created}}"}]}""");
        var manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"config":{{OciImage.Descriptor("c", config)}},"layers":[{{OciImage.Descriptor("l", baseLayer)}},{{OciImage.Descriptor("l", layer)}}]}""");
        return OciImage.WriteTo(_folder.Combine(Guid.NewGuid() + ".sdk.tar"), $$"""{"manifests":[{{OciImage.Descriptor(OciManifest.OciImage, manifest)}}]}""", [manifest, config, baseLayer, layer]);
    }

    private static byte[] Layer(string created, (string Name, string Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (name, content) in files)
            {
                var entry = new PaxTarEntry(content.Length == 0 ? TarEntryType.Directory : TarEntryType.RegularFile, name)
                {
                    ModificationTime = DateTimeOffset.Parse(created, CultureInfo.InvariantCulture),
                    Mode = content.Length == 0 ? UnixFileMode.None
                        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                };
                if (content.Length > 0)
                    entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
                tar.WriteEntry(entry);
            }
        }

        return packed.ToArray();
    }

    private static string DigestOf(string path)
    {
        using var archive = OciArchive.Open(path);
        return archive.Root.Digest;
    }

    private static Task<byte[]> Read(OciArchive archive, OciDescriptor blob) =>
        archive.ReadAsync(blob, 0, (int)blob.Size, CancellationToken.None);

    private static byte[] Unpack(byte[] gzip)
    {
        using var plain = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static List<string> Entries(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        var entries = new List<string>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add($"{entry.Name.TrimEnd('/')} {entry.Length} {(entry.Mode.HasFlag(UnixFileMode.UserExecute) ? "rwx" : "---")}");
        return entries;
    }
}
