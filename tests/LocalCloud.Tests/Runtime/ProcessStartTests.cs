using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Runtime;
using Slipway.LocalCloud.State;
using Slipway.LocalCloud.Tests.Ecs;

namespace Slipway.LocalCloud.Tests.Runtime;

internal sealed class ProcessStartTests
{
    [Test]
    [Platform("Linux", Reason = "it looks into /proc")]
    public async Task A_process_that_cannot_be_written_down_does_not_run_on()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-process-").FullName;
        var state = new StateFolder(folder);
        var request = Requests.New() with
        {
            Image = new ResolvedImage("sha256:1", "127.0.0.1:4570/app@sha256:1", """{ "config": { "Entrypoint": ["dotnet", "/app/LocalCloud.TestService.dll"] } }""", []),
            Environment = new Dictionary<string, string> { ["ASPNETCORE_HTTP_PORTS"] = "0" },
        };
        var app = state.Folder("tasks", request.TaskId, request.Name, "rootfs", "app");
        foreach (var file in Directory.EnumerateFiles(ServiceImage.Output)) File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        state.Folder("tasks", request.TaskId, request.Name, ProcessOrphans.Record);

        Assert.That(
            async () => await new ProcessRuntime(state, TimeProvider.System, "").StartAsync(request, CancellationToken.None),
            Throws.InstanceOf<ContainerStartException>());

        var started = TimeProvider.System.GetTimestamp();
        while (Runs(app))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(10)), "it still runs");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static bool Runs(string app) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(app, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
