using System.Runtime.Versioning;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Cake.Docker.Tests;

/// <summary>The same with the engine's own process runner and a script in Docker's place.</summary>
[Platform(Include = "Linux,MacOsX", Reason = "the script is a shell's")]
[UnsupportedOSPlatform("windows")]
internal sealed class ProcessTests
{
    private string folder = null!;
    private string docker = null!;

    [SetUp]
    public void WriteScript()
    {
        folder = Directory.CreateTempSubdirectory("docker cli").FullName;
        docker = Path.Combine(folder, "docker");
        File.WriteAllText(docker, """
            #!/bin/sh
            cd "$(dirname "$0")"
            for argument in "$@"; do echo "$argument"; done > arguments
            echo "$DOCKER_CONFIG" > config
            [ "$1" = login ] && cat > input
            echo "first line"
            echo "second line"
            """);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void The_password_arrives_on_standard_input_and_nowhere_else()
    {
        EngineContext.Create(docker).DockerLogin(
            new DockerRegistryLoginSettings
            {
                Username = "AWS",
                PasswordStdin = true,
                EnvironmentVariables = new Dictionary<string, string> { ["DOCKER_CONFIG"] = "/own config" },
                SetupProcessSettings = process => process.StandardInput = new ProcessStandardInput("hush"u8.ToArray()),
            },
            "127.0.0.1:4570");

        Assert.That(Written("input"), Is.EqualTo(["hush"]));
        Assert.That(Written("config"), Is.EqualTo(["/own config"]));
        Assert.That(Written("arguments"), Is.EqualTo(["login", "--password-stdin", "--username", "AWS", "127.0.0.1:4570"]));
    }

    [Test]
    public void A_value_arrives_as_it_was_given()
    {
        EngineContext.Create(docker).DockerBuild(
            new DockerImageBuildSettings { Label = ["quote=\" --network host", "path=C:\\", "dollar=$HOME `id`"] }, "my path");

        Assert.That(Written("arguments"), Is.EqualTo(
            ["image", "build", "--label", "quote=\" --network host", "--label", "path=C:\\", "--label", "dollar=$HOME `id`", "my path"]));
    }

    [Test]
    public void The_output_is_read()
        => Assert.That(EngineContext.Create(docker).DockerCustomCommand("version"), Is.EqualTo(["first line", "second line"]));

    private string[] Written(string file) => File.ReadAllLines(Path.Combine(folder, file));
}
