using System.Formats.Tar;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Tests.Runtime;

internal sealed class ImageUnpackerTests
{
    private string folder = null!;
    private string root = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = Directory.CreateTempSubdirectory("slipway-unpack-").FullName;
        root = Path.Combine(folder, "root");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Files_and_folders_come_out_as_they_went_in(bool gzip)
    {
        await UnpackAsync(new LayerBuilder().Add(TarEntryType.Directory, "app/").File("app/a.txt", "hello").File("deep/er/b.txt").Write(folder, gzip));
        Assert.That(Read("app/a.txt"), Is.EqualTo("hello"));
        Assert.That(Read("deep/er/b.txt"), Is.EqualTo("text"));
    }

    [Test]
    public async Task Upper_layers_lie_over_lower_ones()
    {
        await UnpackAsync(
            new LayerBuilder().File("a", "old").File("b", "stays").Add(TarEntryType.SymbolicLink, "c", "a").Write(folder),
            new LayerBuilder().File("a", "new").File("c", "no link any more").Write(folder));
        Assert.That((Read("a"), Read("b"), Read("c")), Is.EqualTo(("new", "stays", "no link any more")));
    }

    [Test]
    public async Task A_whiteout_removes_what_lower_layers_brought()
    {
        await UnpackAsync(
            new LayerBuilder().File("app/old.txt").File("gone/deep/file").File("kept").Write(folder),
            new LayerBuilder().File("app/.wh.old.txt", "").File(".wh.gone", "").File(".wh.never-there", "").Write(folder));
        Assert.That(File.Exists(Path.Combine(root, "app/old.txt")), Is.False);
        Assert.That(Directory.Exists(Path.Combine(root, "gone")), Is.False);
        Assert.That(File.Exists(Path.Combine(root, "kept")), Is.True);
        Assert.That(Directory.EnumerateFiles(root, ".wh.*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task An_opaque_whiteout_spares_what_its_own_layer_brings()
    {
        await UnpackAsync(
            new LayerBuilder().File("app/old.txt").File("app/sub/old.txt").Write(folder),
            new LayerBuilder().File("app/new.txt").File("app/sub/new.txt").File("app/.wh..wh..opq", "").Write(folder));
        var left = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)).Order(StringComparer.Ordinal);
        Assert.That(left, Is.EqualTo(new[] { "app/new.txt", "app/sub/new.txt" }));
    }

    [Test]
    public async Task Absolute_links_point_into_the_image()
    {
        await UnpackAsync(new LayerBuilder()
            .File("usr/share/dotnet/dotnet", "the program")
            .Add(TarEntryType.SymbolicLink, "usr/bin/dotnet", "/usr/share/dotnet/dotnet")
            .Write(folder));
        Assert.That(Read("usr/bin/dotnet"), Is.EqualTo("the program"));
        Assert.That(new FileInfo(Path.Combine(root, "usr/bin/dotnet")).LinkTarget, Is.EqualTo("../../usr/share/dotnet/dotnet"));
    }

    [Test]
    public async Task A_path_through_a_linked_folder_lands_inside_of_it()
    {
        await UnpackAsync(
            new LayerBuilder().Add(TarEntryType.Directory, "usr/lib/").Add(TarEntryType.SymbolicLink, "lib", "/usr/lib").Write(folder),
            new LayerBuilder().File("lib/new.so", "library").Write(folder));
        Assert.That(Read("usr/lib/new.so"), Is.EqualTo("library"));
    }

    [Test]
    public async Task Hard_links_are_copies()
    {
        await UnpackAsync(new LayerBuilder().File("a", "same").Add(TarEntryType.HardLink, "b", "a").Write(folder));
        Assert.That(Read("b"), Is.EqualTo("same"));
    }

    [Test]
    public async Task Devices_are_left_out_and_special_bits_dropped()
    {
        await UnpackAsync(new LayerBuilder()
            .Add(TarEntryType.Fifo, "pipe")
            .File("tool", "x", UnixFileMode.SetUser | UnixFileMode.UserRead | UnixFileMode.UserExecute)
            .Write(folder));
        Assert.That(File.Exists(Path.Combine(root, "pipe")), Is.False);
        if (OperatingSystem.IsWindows()) return;
        Assert.That(File.GetUnixFileMode(Path.Combine(root, "tool")) & UnixFileMode.SetUser, Is.EqualTo(UnixFileMode.None));
    }

    [TestCase("../outside")]
    [TestCase("a/../../outside")]
    [TestCase("a/b/../../../outside")]
    public void A_path_that_leads_outside_is_refused(string name) =>
        Refuses(new LayerBuilder().File(name), "leads outside of the image");

    [TestCase("link", "../../etc/passwd")]
    [TestCase("app/link", "../../outside")]
    [TestCase("link", "..")]
    [TestCase("link", "/../outside")]
    public void A_link_that_leads_outside_is_refused(string name, string target) =>
        Refuses(new LayerBuilder().Add(TarEntryType.SymbolicLink, name, target), "leads outside of the image");

    [TestCase(".wh.")]
    [TestCase("app/.wh.")]
    [TestCase(".wh..")]
    [TestCase(".wh...")]
    [TestCase("app/.wh...")]
    public async Task A_whiteout_that_names_no_file_is_refused_and_removes_nothing(string name)
    {
        await UnpackAsync(new LayerBuilder().File("app/kept").Write(folder));
        Refuses(new LayerBuilder().File(name, ""), "names no file");
        Assert.That(Read("app/kept"), Is.EqualTo("text"));
    }

    [Test]
    public void A_hard_link_to_a_file_outside_is_refused() =>
        Refuses(new LayerBuilder().Add(TarEntryType.HardLink, "a", "../../../etc/passwd"), "leads outside of the image");

    [Test]
    public void A_hard_link_to_nothing_is_refused() =>
        Refuses(new LayerBuilder().Add(TarEntryType.HardLink, "a", "missing"), "names no file: 'missing'");

    [Test]
    public void Links_in_a_circle_are_refused() => Refuses(
        new LayerBuilder().Add(TarEntryType.SymbolicLink, "a", "b").Add(TarEntryType.SymbolicLink, "b", "a").File("a/file"), "too many links");

    [Test]
    public async Task An_absolute_path_is_a_path_of_the_image()
    {
        await UnpackAsync(new LayerBuilder().File("/etc/passwd", "ours").Write(folder));
        Assert.That(Read("etc/passwd"), Is.EqualTo("ours"));
    }

    [Test]
    public void A_layer_that_is_cut_off_is_refused()
    {
        var layer = new LayerBuilder().File("a", new string('x', 100_000)).Write(folder, gzip: false);
        using (var file = File.OpenWrite(layer.File)) file.SetLength(50_000);
        Assert.That(async () => await UnpackAsync(layer), Throws.InstanceOf<IOException>().Or.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void Zstd_is_refused_with_a_remedy()
    {
        var layer = new LayerBuilder().File("a").Write(folder) with { MediaType = "application/vnd.oci.image.layer.v1.tar+zstd" };
        Assert.That(async () => await UnpackAsync(layer), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("build the image with gzip layers"));
    }

    [Test]
    public void Rubbish_is_refused()
    {
        var file = Path.Combine(folder, "rubbish");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("this is no archive ", 100)));
        Assert.That(async () => await UnpackAsync(new LayerBlob("sha256:test", "tar", file)), Throws.InstanceOf<InvalidDataException>());
    }

    private void Refuses(LayerBuilder builder, string reason)
    {
        var layer = builder.Write(folder);
        Assert.That(async () => await UnpackAsync(layer), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(reason));
        Assert.That(Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName), Has.None.EqualTo("outside"));
    }

    private Task UnpackAsync(params LayerBlob[] layers) => ImageUnpacker.UnpackAsync(layers, root, CancellationToken.None);

    private string Read(string name) => File.ReadAllText(Path.Combine(root, name));
}
