using System.Formats.Tar;

namespace Slipway.LocalCloud.Tests.BaseImage;

internal sealed class MachineBaseImageTests
{
    private BaseImageBench bench = null!;

    [SetUp]
    public void Begin() => bench = new BaseImageBench();

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task Empty_image_has_the_labels_that_a_build_reads_and_one_small_layer()
    {
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);

        var layer = bench.Resolved.Layers.Single();
        Assert.That(new FileInfo(layer.File).Length, Is.LessThan(2000));
        Assert.That(BaseImageBench.Entries(layer), Does.ContainKey("etc/passwd").And.ContainKey("tmp/"));
        Assert.That(bench.Config["os"]!.GetValue<string>(), Is.EqualTo("linux"));
        Assert.That(bench.Config["architecture"]!.GetValue<string>(), Is.AnyOf("amd64", "arm64", "arm"));
        Assert.That(Environment(), Does.Contain("ASPNETCORE_HTTP_PORTS=8080").And.Contain("DOTNET_RUNNING_IN_CONTAINER=true"));
    }

    [Test]
    public async Task Unchanged_machine_makes_it_once()
    {
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        var written = File.GetLastWriteTimeUtc(bench.RecordFile);
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        Assert.That(File.GetLastWriteTimeUtc(bench.RecordFile), Is.EqualTo(written));
        Assert.That(Directory.Exists(Path.Combine(bench.State.Root, "base-image")), Is.False, "nothing temporary stays");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"schema\":1}")]
    [TestCase("{\"schema\":0,\"version\":\"empty\",\"full\":false,\"digest\":\"sha256:0\",\"inputs\":[]}")]
    [TestCase("{\"schema\":1,\"version\":\"empty\",\"full\":false,\"digest\":\"sha256:0\",\"inputs\":[]}")]
    public async Task Record_that_is_broken_or_speaks_of_another_image_is_not_believed(string record)
    {
        File.WriteAllText(bench.RecordFile, record);
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        Assert.That(File.ReadAllText(bench.RecordFile), Does.Contain(bench.Resolved.Digest));
    }

    [Test]
    public async Task Image_whose_content_is_gone_is_made_again()
    {
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        File.Delete(bench.Resolved.Layers[0].File);
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        Assert.That(File.Exists(bench.Resolved.Layers[0].File));
    }

    [Test]
    public async Task Two_states_on_one_machine_get_the_same_digest()
    {
        using var other = new BaseImageBench();
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        await other.Image.EnsureAsync(full: false, CancellationToken.None);
        Assert.That(bench.Resolved.Digest, Is.EqualTo(other.Resolved.Digest));
    }

    [Test]
    [Platform(Include = "Linux", Reason = "containers need a Linux .NET")]
    public async Task Full_image_holds_this_machines_runtime_and_what_its_libraries_need()
    {
        await bench.Image.EnsureAsync(full: false, CancellationToken.None);
        await bench.Image.EnsureAsync(full: true, CancellationToken.None);

        var system = BaseImageBench.Entries(bench.Resolved.Layers[0]);
        var dotnet = BaseImageBench.Entries(bench.Resolved.Layers[1]);
        var version = Environment().Single(variable => variable.StartsWith("DOTNET_VERSION=", StringComparison.Ordinal)).Split('=')[1];
        Assert.That(version, Is.EqualTo(System.Environment.Version.ToString(3)));
        Assert.That(dotnet, Does.ContainKey($"usr/share/dotnet/shared/Microsoft.NETCore.App/{version}/libcoreclr.so"));
        Assert.That(dotnet["usr/share/dotnet/dotnet"].Mode.HasFlag(UnixFileMode.OtherExecute));
        Assert.That(dotnet["usr/bin/dotnet"], Has.Property(nameof(TarEntry.LinkName)).EqualTo("/usr/share/dotnet/dotnet"));
        Assert.That(system.Keys, Has.Some.Match(@"/libstdc\+\+\.so\.6$").And.Some.Match(@"/(ld-linux|ld-musl)"));
        Assert.That(system.Keys, Has.None.StartsWith("usr/share/dotnet/"), ".NET's own files are in one layer");
    }

    [Test]
    [Platform(Include = "Linux", Reason = "containers need a Linux .NET")]
    public async Task Cancelled_making_leaves_no_record_and_nothing_temporary()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.That(async () => await bench.Image.EnsureAsync(full: true, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(bench.RecordFile), Is.False);
        Assert.That(Directory.Exists(Path.Combine(bench.State.Root, "base-image")), Is.False);
    }

    private List<string> Environment() => [.. bench.Config["config"]!["Env"]!.AsArray().Select(variable => variable!.GetValue<string>())];
}
