using Cake.Core;
using Cake.Core.IO;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests.CommandLine;

[NonParallelizable]
internal sealed class WorkingDirectoryTests
{
    private string parent = null!;

    [SetUp]
    public void CreateFolders()
    {
        parent = Directory.CreateTempSubdirectory("frosting").FullName;
        Directory.CreateDirectory(System.IO.Path.Combine(parent, "configured"));
        Directory.CreateDirectory(System.IO.Path.Combine(parent, "asked for"));
    }

    [TearDown]
    public void DeleteFolders() => Directory.Delete(parent, recursive: true);

    [Test]
    public void The_configured_directory_is_relative_to_the_current_one()
        => Assert.That(DirectoryAfter("configured"), Is.EqualTo("configured"));

    [TestCase("--working", "asked for")]
    [TestCase("-w", "asked for")]
    [TestCase("--working=asked for")]
    public void The_option_overrides_the_configured_directory(params string[] args)
        => Assert.That(DirectoryAfter("configured", args), Is.EqualTo("asked for"));

    [Test]
    public void A_directory_that_does_not_exist_is_a_failure()
    {
        var host = new TestHost().Task<Default>();
        host.Environment.WorkingDirectory = parent;

        Assert.That(host.Run("--working=nowhere"), Is.EqualTo(-1));
        Assert.That(host.Log.Errors.Single(), Does.Match("The working directory '.*/nowhere' does not exist"));
        Assert.That(host.Steps, Is.Empty);
    }

    [Test]
    public void The_directory_of_the_whole_process_changes_with_it()
    {
        var before = Directory.GetCurrentDirectory();
        try
        {
            var host = new TestHost().Task<Default>().With(host => host.ConfigureServices(
                services => services.AddSingleton<ICakeEnvironment>(new CakeEnvironment(new CakePlatform(), new CakeRuntime()))));

            Assert.That(host.Run("--working", parent), Is.Zero);
            Assert.That(System.IO.Path.GetFileName(Directory.GetCurrentDirectory()), Is.EqualTo(System.IO.Path.GetFileName(parent)));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private string DirectoryAfter(string configured, params string[] args)
    {
        var host = new TestHost().Task<Default>().With(host => host.UseWorkingDirectory(new DirectoryPath(configured)));
        host.Environment.WorkingDirectory = parent;
        Assert.That(host.Run(args), Is.Zero);
        return host.Environment.WorkingDirectory.GetDirectoryName();
    }

    private sealed class Default(Steps steps) : RecordedTask(steps);
}
