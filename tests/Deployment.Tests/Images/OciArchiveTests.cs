using System.Text;
using CsCheck;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

internal sealed class OciArchiveTests
{
    private static readonly OciImage Image = new("layer one"u8.ToArray(), "layer two"u8.ToArray());

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task An_archive_tells_its_digest_and_hands_out_its_blobs()
    {
        using var archive = OciArchive.Open(Image.WriteTo(_folder.Combine("a.tar")));
        var layer = archive.Root.Blobs[1];

        Assert.Multiple(() =>
        {
            Assert.That(archive.Root.Digest, Is.EqualTo(Image.Digest));
            Assert.That(archive.Root.Config!.Digest, Is.EqualTo(Digests.Of(Image.Config)));
            Assert.That(archive.Manifests(), Is.EqualTo(new[] { archive.Root }));
        });
        Assert.That(Encoding.UTF8.GetString(await archive.ReadAsync(layer, 6, 100, CancellationToken.None)), Is.EqualTo("one"));
    }

    [Test]
    public void An_index_gives_its_manifests_before_itself()
    {
        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{OciImage.Descriptor(OciManifest.OciImage, Image.Manifest)}}]}""");
        var path = OciImage.WriteTo(
            _folder.Combine("a.tar"), $$"""{"manifests":[{{OciImage.Descriptor(OciManifest.OciIndex, index)}}]}""", [index, Image.Manifest, .. Image.Blobs]);

        using var archive = OciArchive.Open(path);

        Assert.That(archive.Manifests().Select(m => m.Digest), Is.EqualTo(new[] { Image.Digest, Digests.Of(index) }));
    }

    [Test]
    public void A_missing_blob_is_named()
    {
        var path = OciImage.WriteTo(
            _folder.Combine("a.tar"), $$"""{"manifests":[{{OciImage.Descriptor(OciManifest.OciImage, Image.Manifest)}}]}""", [Image.Manifest, Image.Config, Image.Layers[0]]);
        using var archive = OciArchive.Open(path);

        Assert.That(() => archive.Manifests(), Throws.InstanceOf<InvalidDataException>().With.Message.Contain(Digests.Of(Image.Layers[1])));
    }

    [TestCase("{}", "does not name one image")]
    [TestCase("{\"manifests\":[]}", "does not name one image")]
    [TestCase("{\"manifests\":{}}", "does not name one image")]
    [TestCase("[]", "not valid JSON")]
    [TestCase("{", "not valid JSON")]
    [TestCase("{\"manifests\":[1]}", "lacks a proper digest or size")]
    [TestCase("{\"manifests\":[{\"digest\":\"sha256:../../../etc/passwd\",\"size\":1}]}", "lacks a proper digest or size")]
    [TestCase("{\"manifests\":[{\"digest\":5,\"size\":1}]}", "lacks a proper digest or size")]
    [TestCase("{\"manifests\":[{\"digest\":\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":-1}]}", "lacks a proper digest or size")]
    [TestCase("{\"manifests\":[{\"digest\":\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":123456789012345678901234567890}]}", "lacks a proper digest or size")]
    [TestCase("{\"manifests\":[{\"digest\":\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":5}]}", "lacks 'sha256:")]
    [TestCase("{\"manifests\":[{\"digest\":\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":99999999999}]}", "has 99999999999 bytes")]
    public void An_index_that_is_none_is_refused(string index, string message)
    {
        var path = OciImage.WriteTo(_folder.Combine("a.tar"), index, []);

        Assert.That(() => OciArchive.Open(path), Throws.InstanceOf<InvalidDataException>().With.Message.Contain(message));
    }

    [Test]
    public void A_manifest_that_was_altered_is_refused()
    {
        var path = Image.WriteTo(_folder.Combine("a.tar"));
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf("\"layers\":"u8);
        bytes[at + 1] = (byte)'m';
        File.WriteAllBytes(path, bytes);

        Assert.That(() => OciArchive.Open(path), Throws.InstanceOf<InvalidDataException>().With.Message.Contain("has been altered"));
    }

    [Test]
    public void Any_damage_gives_an_image_or_InvalidData_and_never_another_exception()
    {
        var whole = File.ReadAllBytes(Image.WriteTo(_folder.Combine("whole.tar")));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Bool).Sample(
            (at, value, cut) =>
            {
                var path = _folder.Combine("damaged.tar");
                var bytes = cut ? whole[..at] : [.. whole];
                if (!cut)
                    bytes[at] = value;
                File.WriteAllBytes(path, bytes);
                try
                {
                    using var archive = OciArchive.Open(path);
                    archive.Manifests();
                }
                catch (Exception e) when (e is InvalidDataException or IOException)
                {
                    return;
                }
            },
            iter: 1500,
            threads: 1);
    }

    [Test]
    public void A_missing_file_is_missing() =>
        Assert.That(() => OciArchive.Open(_folder.Combine("none.tar")), Throws.InstanceOf<FileNotFoundException>());
}
