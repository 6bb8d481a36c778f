using System.Globalization;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Runtime;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Tests.Runtime;

/// <summary>Starts of containers that are called off, with a script in place of the Docker CLI.</summary>
[Platform(Exclude = "Win", Reason = "the script is one of a POSIX shell")]
internal sealed class EngineStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("slipway-engine-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("run")]
    [TestCase("port")]
    public async Task A_start_that_is_called_off_leaves_no_container(string during)
    {
        using var stop = new CancellationTokenSource();
        var start = Runtime(during).StartAsync(Requests.New(), stop.Token);
        await UntilAsync(() => Calls.Any(call => call.StartsWith(during, StringComparison.Ordinal)));
        await stop.CancelAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "");

        Assert.That(async () => await start, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Calls[^1], Is.EqualTo($"rm --force --volumes slipway-{Requests.New().TaskId}-app"));
    }

    private IReadOnlyList<string> Calls =>
        File.Exists(Path.Combine(folder, "calls")) ? File.ReadAllLines(Path.Combine(folder, "calls")) : [];

    private EngineRuntime Runtime(string waitsAt)
    {
        var script = Path.Combine(folder, "docker");
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/sh
            echo "$@" >> '{{folder}}/calls'
            if [ "$1" = {{waitsAt}} ]; then while [ ! -e '{{folder}}/go' ]; do sleep 0.05; done; fi
            if [ "$1" = run ]; then echo 0123456789ab; fi

            """));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var state = new StateFolder(Path.Combine(folder, "state"));
        var docker = new DockerCli(new LocalCloudOptions(0, 0, folder, Docker: script), state, null!, TimeProvider.System);
        return new EngineRuntime(docker, null, state, new Instance("instance1", DateTimeOffset.UnixEpoch), TimeProvider.System, "");
    }

    private static async Task UntilAsync(Func<bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!wanted())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(Patience));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
