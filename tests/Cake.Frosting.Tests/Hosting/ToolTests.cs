using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Packaging;

namespace Cake.Frosting.Tests.Hosting;

internal sealed class ToolTests
{
    private string folder = null!;

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("frosting").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("--target=FindTool", "found hammer")]
    [TestCase("--tree")]
    [TestCase("--dryrun")]
    [TestCase("--description")]
    public void A_tool_is_installed_into_the_tool_path_in_every_mode_that_makes_the_context(string mode, params string[] steps)
    {
        var host = Host("box:?package=hammer&version=1.2.3");

        Assert.That(host.Run(mode, "--target=FindTool"), Is.Zero);
        Assert.That(host.Steps, Is.EqualTo([$"installed hammer 1.2.3 as Tool", .. steps]));
    }

    [TestCase("--version")]
    [TestCase("--info")]
    public void Version_and_info_install_nothing(string mode)
    {
        var host = Host("box:?package=hammer");

        Assert.That(host.Run(mode), Is.Zero);
        Assert.That(host.Steps, Is.Empty);
    }

    [TestCase("crate", "hammer", "Could not find an installer for the 'crate' scheme.", Description = "a scheme that no installer knows")]
    [TestCase("box", "nothing", "Failed to install tool 'nothing'.", Description = "a package without files")]
    [TestCase("box", "broken", "the box is empty", Description = "a failing installer")]
    public void A_tool_that_cannot_be_installed_is_a_failure_before_any_task(string scheme, string package, string reason)
    {
        var host = Host($"{scheme}:?package={package}");

        Assert.That(host.Run("--target=FindTool"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors, Is.EqualTo([$"Error: Cannot use tool '{package}': {reason}"]));
        Assert.That(host.Steps, Is.Empty);
    }

    private TestHost Host(string uri)
    {
        var host = new TestHost().Task<FindTool>().With(host => host
            .UsePackageInstaller<BoxInstaller>()
            .SetToolPath(System.IO.Path.Combine(folder, "own tools"))
            .InstallTool(new Uri(uri)));
        host.Environment.WorkingDirectory = folder;
        return host;
    }

    private sealed class BoxInstaller(Steps steps, IFileSystem fileSystem) : IPackageInstaller
    {
        public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "box";

        public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
        {
            if (package.Package == "broken")
            {
                throw new InvalidOperationException("the box is empty");
            }

            if (package.Package == "nothing")
            {
                return [];
            }

            Assert.That(path.GetDirectoryName(), Is.EqualTo("own tools"));
            Directory.CreateDirectory(path.FullPath);
            var file = path.CombineWithFilePath(package.Package);
            File.WriteAllText(file.FullPath, "");
            steps.Add($"installed {package.Package} {package.Parameters.GetValueOrDefault("version")?[0]} as {type}");
            return [fileSystem.GetFile(file)];
        }
    }

    private sealed class FindTool(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => steps.Add($"found {context.Tools.Resolve("hammer").GetFilename()}");
    }
}
