using Cake.Core;
using Cake.Docker.Tests.Fakes;

namespace Cake.Docker.Tests;

/// <summary>The base of fixtures that look at what an alias would start.</summary>
internal abstract class AliasFixture
{
    private string folder = null!;

    protected RecordingProcessRunner Runner { get; private set; } = null!;

    protected ICakeContext Context { get; private set; } = null!;

    [SetUp]
    public void CreateContext()
    {
        folder = Directory.CreateTempSubdirectory("docker cli").FullName;
        var docker = Path.Combine(folder, "docker");
        File.WriteAllText(docker, "");
        Runner = new RecordingProcessRunner();
        Context = EngineContext.Create(docker, Runner);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);
}
