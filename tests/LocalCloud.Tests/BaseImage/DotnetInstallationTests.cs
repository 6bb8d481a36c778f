using Slipway.LocalCloud.BaseImage;

namespace Slipway.LocalCloud.Tests.BaseImage;

internal sealed class DotnetInstallationTests
{
    private DirectoryInfo root = null!;

    [SetUp]
    public void Begin() => root = Directory.CreateTempSubdirectory("slipway-dotnet-");

    [TearDown]
    public void End() => root.Delete(recursive: true);

    [Test]
    public void Files_are_the_muxer_the_newest_host_and_the_frameworks_in_use_and_no_SDK()
    {
        string[] versions = ["9.0.1", "10.0.2-rc.1", "10.0.2", "10.0.1"];
        foreach (var version in versions) Add($"host/fxr/{version}/libhostfxr.so");
        foreach (var version in versions)
        {
            Add($"shared/Microsoft.NETCore.App/{version}/libcoreclr.so");
            Add($"shared/Microsoft.AspNetCore.App/{version}/Microsoft.AspNetCore.dll");
        }

        Add("sdk/10.0.100/dotnet.dll");
        Add("dotnet");

        var dotnet = DotnetInstallation.At(Folder("shared/Microsoft.NETCore.App/10.0.1") + "/", Folder("shared/Microsoft.AspNetCore.App/10.0.1"));
        Assert.That(dotnet, Is.EqualTo(new DotnetInstallation(root.FullName, "10.0.1", "10.0.1")));
        Assert.That(dotnet!.Files().Select(file => file.Replace('\\', '/')), Is.EqualTo(new[]
        {
            "dotnet",
            "host/fxr/10.0.2/libhostfxr.so",
            "shared/Microsoft.AspNetCore.App/10.0.1/Microsoft.AspNetCore.dll",
            "shared/Microsoft.NETCore.App/10.0.1/libcoreclr.so",
        }));
    }

    [Test]
    public void A_self_contained_program_is_no_installation()
    {
        Add("app/libcoreclr.so");
        Assert.That(DotnetInstallation.At(Folder("app"), Folder("app")), Is.Null);
        Assert.That(DotnetInstallation.At("/", ""), Is.Null);
    }

    [Test]
    public void These_tests_run_on_one() => Assert.That(DotnetInstallation.OfThisProcess()?.Runtime, Is.EqualTo(Environment.Version.ToString(3)));

    private string Folder(string path) => Path.Combine(root.FullName, path);

    private void Add(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder(path))!);
        File.WriteAllText(Folder(path), path);
    }
}
