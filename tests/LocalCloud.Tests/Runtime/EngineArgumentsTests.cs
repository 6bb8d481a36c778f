using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Tests.Runtime;

internal sealed class EngineArgumentsTests
{
    private static readonly Instance Instance = new("instance1", DateTimeOffset.UnixEpoch);

    [Test]
    public void The_whole_command_line_is_as_Docker_wants_it()
    {
        var request = Requests.New() with { Ports = [8000], Cpu = 256, MemoryMiB = 512, User = "1654", WorkingDirectory = "/app", EntryPoint = ["dotnet", "App.dll"], Command = ["--x"] };
        Assert.That(string.Join(' ', Of(request)), Is.EqualTo(
            "run --detach --pull never --name name --label slipway.local-cloud=instance1 --env-file file --env LINES --publish 127.0.0.1::8000 "
            + "--cpus 0.25 --memory 512m --user 1654 --workdir /app --entrypoint dotnet 127.0.0.1:4570/app@sha256:1 App.dll --x"));
    }

    [Test]
    public void Limits_that_the_kernel_cannot_keep_are_not_asked_for() =>
        Assert.That(Of(Requests.New() with { Cpu = 256, MemoryMiB = 512 }, limits: false), Has.None.EqualTo("--cpus").And.None.EqualTo("--memory"));

    [Test]
    public void No_value_of_a_variable_is_on_the_command_line() =>
        Assert.That(Of(Requests.New() with { Environment = new Dictionary<string, string> { ["KEY"] = "secret" } }), Has.None.Contains("secret"));

    private static IReadOnlyList<string> Of(ContainerRequest request, bool limits = true) =>
        new EngineRuntime(null!, new DockerEngine("28", limits, limits), null!, Instance, TimeProvider.System, "").Arguments(request, "name", "file", ["LINES"]);
}
