using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace StreamMlService.Tests.Support;

/// <summary>The compiled service as a process of its own.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "StreamMlService.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in new[] { "ASPNETCORE_URLS", "URLS", "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS" }) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) errors.Enqueue(text);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => output;

    public string Errors => string.Join('\n', errors);

    public static ServiceProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) => new(arguments, environment);

    /// <summary>The address, once the service says that it listens.</summary>
    public Task<Uri> ListeningAsync() => listening.Task.WaitAsync(Bound);

    public void Stop() => Assert.That(Kill(process.Id, Terminate), Is.Zero);

    public async Task<int> ExitAsync()
    {
        using var bound = new CancellationTokenSource(Bound);
        await process.WaitForExitAsync(bound.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    private void Keep(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        if (!line.Contains("Now listening on", StringComparison.Ordinal)) return;
        using var entry = JsonDocument.Parse(line);
        listening.TrySetResult(new Uri(entry.RootElement.GetProperty("State").GetProperty("address").GetString()!));
    }
}
