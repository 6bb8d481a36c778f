using Slipway.LocalCloud.Tests.Ecs;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Runtime;

/// <summary>The whole way with a real Docker engine; skipped where none answers.</summary>
internal sealed class EngineTests
{
    [Test]
    public async Task A_service_runs_rolls_and_stops_as_containers()
    {
        await SkipWithoutEngineAsync();
        await using var cloud = await LocalCloudHost.StartAsync("engine");
        var driver = new ServiceDriver(cloud);
        var image = await ServiceImage.AddAsync(cloud, "stream-ml-service", "v1", onBase: "dotnet/aspnet:10.0");
        await driver.UntilCompletedAsync(await driver.UpdateAsync(await DefineAsync(driver, image, "one")));
        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri(cloud.Ports.FrontDoorEndpoint)), Is.EqualTo("one"));
        var task = (await driver.TasksAsync()).Single();
        var container = (string)task["containers"]![0]!["runtimeId"]!;
        Assert.That((string?)task["healthStatus"], Is.EqualTo("HEALTHY"));
        Assert.That((await DockerAsync("inspect", "--format", "{{.State.Running}}", container)).Output.Trim(), Is.EqualTo("true"));

        await using (var load = new Load(cloud.Ports.FrontDoorEndpoint))
        {
            await driver.UntilCompletedAsync(await driver.UpdateAsync(await DefineAsync(driver, image, "two")));
            Assert.That((await load.EndAsync()).Failures, Is.Empty);
        }

        Assert.That((await DockerAsync("inspect", container)).ExitCode, Is.Not.Zero, "the old container is removed");
        var second = (string)(await driver.TasksAsync()).Single()["containers"]![0]!["runtimeId"]!;
        await cloud.RestartAsync();
        Assert.That((await DockerAsync("inspect", second)).ExitCode, Is.Not.Zero, "a shut down cloud leaves no container");
    }

    private static Task<string> DefineAsync(ServiceDriver driver, string image, string version) => driver.RegisterAsync(
        image, change: container => container["user"] = "1654", environment: [("TEST_VERSION", version), ("TWO_LINES", "a\nb")]);

    private static Task<ToolResult> DockerAsync(params string[] arguments) => Tool.RunAsync(Tool.Find("docker"), arguments);

    private static async Task SkipWithoutEngineAsync()
    {
        var answer = await DockerAsync("version", "--format", "{{.Server.Os}}");
        if (answer.ExitCode != 0 || answer.Output.Trim() != "linux") Assert.Ignore("no Docker engine answers on this machine");
    }
}
