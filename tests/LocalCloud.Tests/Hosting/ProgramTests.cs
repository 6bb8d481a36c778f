using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Hosting;

/// <summary>The program as a process: what the build starts and stops.</summary>
internal sealed class ProgramTests
{
    private static readonly string Program = typeof(CloudHost).Assembly.Location;

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("slipway-program-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(folder, recursive: true);

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Tool.Find("dotnet");

    private Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(Dotnet, [Program, .. arguments]);

    /// <summary>Starts the program and waits for its word that it is ready.</summary>
    private async Task<(Process Process, Uri Endpoint)> StartAsync(params string[] more)
    {
        var start = new ProcessStartInfo(Dotnet, [Program, "--port", "0", "--front-door", "0", "--state", folder, "--runtime", "process", .. more])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal)) return (process, new Uri(line["ready ".Length..]));
        }

        throw new InvalidOperationException($"the program ended with {process.ExitCode} before it was ready");
    }

    private static async Task<int> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    [Test]
    public async Task A_request_to_shut_down_ends_it_with_0_and_leaves_no_word_of_a_running_cloud()
    {
        var (process, endpoint) = await StartAsync();
        Assert.That(File.Exists(Path.Combine(folder, CloudHost.StateFile)), Is.True);
        using var client = new HttpClient();
        using var response = await client.PostAsync(new Uri(endpoint, "/_local/shutdown"), null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await EndAsync(process), Is.Zero);
        Assert.That(File.Exists(Path.Combine(folder, CloudHost.StateFile)), Is.False);
    }

    [Test]
    public async Task A_polite_signal_ends_it_with_0()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no such signal");
        var (process, _) = await StartAsync();
        await Tool.RunAsync(Tool.Find("kill"), ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.That(await EndAsync(process), Is.Zero);
    }

    [Test]
    public async Task A_killed_one_leaves_a_state_that_the_next_one_takes()
    {
        var (first, _) = await StartAsync();
        first.Kill();
        await EndAsync(first);
        var (second, endpoint) = await StartAsync();
        using var client = new HttpClient();
        using var response = await client.PostAsync(new Uri(endpoint, "/_local/shutdown"), null);
        Assert.That(await EndAsync(second), Is.Zero);
    }

    [Test]
    public async Task A_second_one_on_the_same_state_ends_with_3_and_names_the_first()
    {
        var (first, _) = await StartAsync("--log", Path.Combine(folder, "cloud.log"));
        try
        {
            var second = await RunAsync("--port", "0", "--front-door", "0", "--state", folder, "--log", Path.Combine(folder, "cloud.log"));
            Assert.That(second.ExitCode, Is.EqualTo(3));
            Assert.That(second.Error, Does.StartWith("error: ").And.Contain($"the process {first.Id}").And.Not.Contain("   at "));
            Assert.That(File.Exists(Path.Combine(folder, "cloud.log.1")), Is.False, "the first one's log must stay where it is");
        }
        finally
        {
            first.Kill();
            await EndAsync(first);
        }
    }

    [Test]
    public async Task A_port_in_use_ends_it_with_3_and_names_the_holder()
    {
        using var foreign = new TcpListener(IPAddress.Loopback, 0);
        foreign.Start();
        var port = ((IPEndPoint)foreign.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var result = await RunAsync("--port", port, "--front-door", "0", "--state", folder);
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain($"port {port}").And.Contain("Try:"));
        if (OperatingSystem.IsLinux()) Assert.That(result.Error, Does.Contain($"the process {Environment.ProcessId}"));
    }

    [Test]
    public async Task A_state_folder_that_is_a_file_ends_it_with_3()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        var result = await RunAsync("--port", "0", "--front-door", "0", "--state", file);
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("cannot be written").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Wrong_arguments_end_it_with_2_and_the_usage()
    {
        var result = await RunAsync("--port", "x");
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("'--port' is 'x'").And.Contain("Usage:"));
    }
}
