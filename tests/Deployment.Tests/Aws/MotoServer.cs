using System.Diagnostics;
using System.Globalization;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>moto's server, an AWS-shaped endpoint that others wrote; a test that needs it is skipped where it is absent.</summary>
internal sealed class MotoServer : IDisposable
{
    private readonly Process process;

    private MotoServer(Process process, Uri endpoint) => (this.process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    public static async Task<MotoServer> StartAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (folders.Select(folder => Path.Combine(folder, "moto_server")).FirstOrDefault(File.Exists) is not { } program)
        {
            Assert.Ignore("the program 'moto_server' is not on this machine");
            throw new UnreachableException();
        }

        var port = Ports.Free();
        var start = new ProcessStartInfo(program, ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new MotoServer(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        server.process.OutputDataReceived += (_, _) => { };
        server.process.ErrorDataReceived += (_, _) => { };
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.UntilAnsweringAsync();
        return server;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit(TimeSpan.FromSeconds(10));
        process.Dispose();
    }

    private async Task UntilAnsweringAsync()
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Endpoint, "/moto-api/data.json"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Dispose();
        Assert.Fail("moto_server did not answer within a minute");
    }
}
