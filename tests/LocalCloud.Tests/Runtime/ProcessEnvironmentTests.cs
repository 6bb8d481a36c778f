using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Tests.Runtime;

internal sealed class ProcessEnvironmentTests
{
    [Test]
    public void The_task_definition_wins_over_the_image_and_the_runtime_over_both()
    {
        var variables = Of(
            new Dictionary<string, string> { ["LEVEL"] = "task", ["ASPNETCORE_URLS"] = "http://*:8000", ["EMPTY"] = "" },
            "LEVEL=image", "ONLY_IMAGE=a=b", "PATH=/usr/bin", "ASPNETCORE_HTTP_PORTS=8080", "HOME=/root", "broken");
        Assert.That(variables["LEVEL"], Is.EqualTo("task"));
        Assert.That(variables["ONLY_IMAGE"], Is.EqualTo("a=b"));
        Assert.That(variables["EMPTY"], Is.Empty);
        Assert.That(variables["ASPNETCORE_URLS"], Is.EqualTo("http://127.64.0.1:8000"));
        Assert.That(variables["HOME"], Is.EqualTo("/home/of/task"));
        Assert.That(variables["DOTNET_ROOT"], Is.EqualTo("/dotnet"));
        Assert.That(variables, Does.Not.ContainKey("ASPNETCORE_HTTP_PORTS"));
    }

    [Test]
    public void Nothing_of_this_process_reaches_a_task()
    {
        Environment.SetEnvironmentVariable("SLIPWAY_TEST_SECRET", "secret");
        try
        {
            Assert.That(Of([]), Does.Not.ContainKey("SLIPWAY_TEST_SECRET"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SLIPWAY_TEST_SECRET", null);
        }
    }

    [Test]
    public void The_memory_limit_bounds_the_heap() =>
        Assert.That(Of([])["DOTNET_GCHeapHardLimit"], Is.EqualTo("18000000"), "three quarters of 512 MiB, in hexadecimal");

    private static Dictionary<string, string> Of(Dictionary<string, string> environment, params string[] image) => ProcessEnvironment.Of(
        Requests.New() with { Environment = environment, MemoryMiB = 512 },
        new ImageConfig([], [], image, "/"),
        "/dotnet/dotnet",
        "/home/of/task",
        ["http://127.64.0.1:8000"]);
}
