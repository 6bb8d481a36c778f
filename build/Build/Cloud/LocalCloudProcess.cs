using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Slipway.Deployment;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Cloud;

/// <summary>
/// The embedded cloud as a process that outlives the build: started where nobody answers, from a copy of its files, so that
/// compiling anew does not pull them from under it.
/// </summary>
public sealed class LocalCloudProcess(RepositoryRoot root, IReport report, TimeProvider time) : IDisposable
{
    private const string Assembly = "Slipway.LocalCloud.dll";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(45);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private string StateFolder => root.Combine("artifacts", "local-cloud");

    private string ProgramFolder =>
        Path.Combine(StateFolder, "program", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    private string StateFile => Path.Combine(StateFolder, "local-cloud.json");

    /// <summary>Starts it where it does not run, which it says only then, and switches on the failures that the settings want.</summary>
    public async Task EnsureRunningAsync(LocalCloudSettings settings, CancellationToken cancellationToken)
    {
        await StartWhereStoppedAsync(settings, cancellationToken).ConfigureAwait(false);
        await LocalCloudFaults.SwitchOnAsync(_http, settings, root, report, cancellationToken).ConfigureAwait(false);
    }

    private async Task StartWhereStoppedAsync(LocalCloudSettings settings, CancellationToken cancellationToken)
    {
        var running = await AskAsync(settings.Port, cancellationToken).ConfigureAwait(false);
        if (running is not null)
        {
            RefuseAnother(settings, running);
            if (!Directory.Exists(ProgramFolder))
            {
                report.Detail("The running local cloud was started from other sources. LocalDown, then LocalUp, takes these.");
            }

            return;
        }

        report.Progress("Starting the local cloud ...");
        var state = await StartAsync(settings, cancellationToken).ConfigureAwait(false);
        report.Fact($"Local cloud started: {settings.Endpoint}, tasks run as {Describe(state.Runtime)} (process {state.Pid}).");
    }

    /// <summary>Whether it runs here.</summary>
    public async Task<bool> IsRunningAsync(LocalCloudSettings settings, CancellationToken cancellationToken) =>
        await AskAsync(settings.Port, cancellationToken).ConfigureAwait(false) is { } state
        && state.Instance == LocalCloudState.Read(StateFile)?.Instance;

    /// <summary>Whether a process of this folder's embedded cloud lives, so that its state must not be touched.</summary>
    public bool HoldsItsState()
    {
        using var process = LocalCloudState.Read(StateFile) is { } state ? FindProcess(state) : null;
        return process is not null;
    }

    /// <summary>Stops it and every task it runs; false where it did not run.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        var state = LocalCloudState.Read(StateFile);
        if (state is null) return false;
        using var process = FindProcess(state);
        if (process is null) return false;

        report.Progress("Stopping the local cloud and its tasks ...");
        try
        {
            using var answer = await _http.PostAsync(Url(state.Port, "shutdown"), null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            report.Detail($"The local cloud does not answer on port {state.Port}.");
        }

        using var timeout = new CancellationTokenSource(StopTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            report.Warning($"The local cloud (process {state.Pid}) did not stop within {StopTimeout.TotalSeconds} s and was killed with its tasks.");
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string Describe(string runtime) =>
        runtime == "engine" ? "containers of the Docker Engine" : "processes of this machine, without isolation";

    private static Uri Url(int port, string path) => new($"http://127.0.0.1:{port}/_local/{path}");

    private static Process? FindProcess(LocalCloudState state)
    {
        try
        {
            var process = Process.GetProcessById(state.Pid);
            // A pid is given again to others: ours began shortly before it wrote the file.
            var age = state.StartedAt - new DateTimeOffset(process.StartTime);
            return age > -TimeSpan.FromSeconds(2) && age < 2 * StartTimeout ? process : null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Nobody listens, the connection broke, or the client's timeout passed, which it tells as a cancellation.</summary>
    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<LocalCloudState?> AskAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(Url(port, "health"), cancellationToken).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return answer.StatusCode == HttpStatusCode.OK ? LocalCloudState.Parse(text) : null;
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException or null or IOException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void RefuseAnother(LocalCloudSettings settings, LocalCloudState running)
    {
        const string Stop = "run ./build.sh --target=LocalDown first";
        if (LocalCloudState.Read(StateFile)?.Instance != running.Instance)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"Port {settings.Port} is taken by the local cloud of another folder (process {running.Pid}).",
                "run ./build.sh --target=LocalDown in that folder, or choose other ports: --local-cloud-port=4580 --front-door-port=8010");
        }

        var registry = settings.Registry?.TrimEnd('/') ?? settings.Endpoint;
        if (running.Registry is { } other && other != registry)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed, $"The local cloud runs with the registry '{other}', and this environment wants '{registry}'.", Stop);
        }

        if (running.FrontDoorPort != settings.FrontDoorPort)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The local cloud runs with its front door on port {running.FrontDoorPort}, and this environment wants port {settings.FrontDoorPort}.", Stop);
        }
    }

    private async Task<LocalCloudState> StartAsync(LocalCloudSettings settings, CancellationToken cancellationToken)
    {
        if (LocalCloudState.Read(StateFile) is { } other
            && (await AskAsync(other.Port, cancellationToken).ConfigureAwait(false))?.Instance == other.Instance)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The local cloud of this folder runs on port {other.Port} (process {other.Pid}), and this environment wants port {settings.Port}.",
                "run ./build.sh --target=LocalDown first");
        }

        Directory.CreateDirectory(StateFolder);
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            WorkingDirectory = StateFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // On Windows it would share the console, and a Ctrl-C that ends a deploy would end the cloud; elsewhere it leaves the terminal by itself.
            CreateNoWindow = true,
        };
        string[] arguments =
        [
            CopyProgram(), "--port", Number(settings.Port), "--front-door", Number(settings.FrontDoorPort),
            "--state", StateFolder, "--runtime", settings.Runtime, "--log", Path.Combine(StateFolder, "local-cloud.log"),
        ];
        if (settings is { Registry: { } registry }) arguments = [.. arguments, "--registry", registry];
        if (settings is { RegistryLogin: { } login }) arguments = [.. arguments, "--registry-login", root.Combine(login)];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        LocalCloudEnvironment.Clean(start.Environment);

        var lines = new List<string>();
        using var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, data) =>
        {
            if (data.Data is null) return;
            lock (lines) lines.Add(data.Data);
        };
        process.Start();
        process.BeginErrorReadLine();
        return await WaitUntilReadyAsync(process, settings, lines, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<LocalCloudState> WaitUntilReadyAsync(
        Process process, LocalCloudSettings settings, List<string> lines, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        while (true)
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                lock (lines)
                {
                    throw new SlipwayException(
                        ExitCode.PreconditionFailed,
                        string.Join(Environment.NewLine, ["The local cloud did not start:", .. lines.DefaultIfEmpty($"exit code {process.ExitCode}")]),
                        lines.Exists(line => line.Contains("port ", StringComparison.OrdinalIgnoreCase))
                            ? "free the port, or choose others: --local-cloud-port=4580 --front-door-port=8010"
                            : "correct what the lines above say, then run the same command again");
                }
            }

            try
            {
                var state = await AskAsync(settings.Port, either.Token).ConfigureAwait(false);
                if (state?.Pid == process.Id) return state;
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                throw new SlipwayException(
                    ExitCode.PreconditionFailed,
                    $"The local cloud was not ready within {StartTimeout.TotalSeconds} s.",
                    "read artifacts/local-cloud/local-cloud.log");
            }
        }
    }

    private string CopyProgram()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "LocalCloud");
        var target = ProgramFolder;
        var programs = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(target))
        {
            if (Directory.Exists(programs)) Directory.Delete(programs, recursive: true);
            var staged = target + ".new";
            foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(staged, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            Directory.Move(staged, target);
        }

        return Path.Combine(target, Assembly);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
