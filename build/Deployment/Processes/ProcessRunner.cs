using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Slipway.Deployment.Processes;

/// <summary>Runs programs of this machine; their output is kept in <c>artifacts/logs/</c>, the last run of each name.</summary>
/// <param name="repositoryRoot">The repository's root folder: where programs run and logs are kept.</param>
public sealed class ProcessRunner(string repositoryRoot) : IProcessRunner
{
    // A program that prints without end must not take the memory with it; the log file has everything.
    private const int MaximumLinesInMemory = 20_000;

    /// <inheritdoc />
    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var logFile = $"artifacts/logs/{request.LogName}.log";
        using var output = new OutputLog(Path.Combine(repositoryRoot, logFile), MaximumLinesInMemory);
        using var process = new Process { StartInfo = StartInfo(request) };
        process.OutputDataReceived += (_, e) => output.Add(e.Data);
        process.ErrorDataReceived += (_, e) => output.Add(e.Data);
        Start(process, request);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            End(process);
            throw;
        }

        return new ProcessResult(process.ExitCode, output.Lines, logFile);
    }

    private ProcessStartInfo StartInfo(ProcessRequest request)
    {
        var info = new ProcessStartInfo(request.FileName, request.Arguments)
        {
            WorkingDirectory = request.WorkingDirectory ?? repositoryRoot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var (name, value) in request.Environment)
        {
            if (value is null)
                info.Environment.Remove(name);
            else
                info.Environment[name] = value;
        }

        return info;
    }

    private static void Start(Process process, ProcessRequest request)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            var remedy = Directory.Exists(process.StartInfo.WorkingDirectory) ? $"install '{request.FileName}', or put it on PATH"
                : "create that folder";
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"failed to start '{request.FileName}' in '{process.StartInfo.WorkingDirectory}': {e.Message}",
                remedy,
                e);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime, or a child of it did.
        }
    }
}
