using System.Diagnostics;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>How one start of the script ended.</summary>
/// <param name="ExitCode">The script's exit code.</param>
/// <param name="Output">Standard output and standard error.</param>
/// <param name="Duration">From start to end.</param>
internal sealed record ScriptRun(int ExitCode, string Output, TimeSpan Duration)
{
    public override string ToString() => $"exit code {ExitCode} after {Duration.TotalSeconds:0.0} s\n{Output}";
}

/// <summary>A start of the script that still runs.</summary>
internal sealed class RunningScript : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public RunningScript(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, data) => Add(data.Data);
        _process.ErrorDataReceived += (_, data) => Add(data.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    public async Task<ScriptRun> WaitAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The script did not end within {timeout}:\n{Output}");
        }

        return new ScriptRun(_process.ExitCode, Output, _watch.Elapsed);
    }

    public async Task WaitForOutputAsync(string text, TimeSpan timeout)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_watch.Elapsed > timeout || _process.HasExited) throw new TimeoutException($"'{text}' was not printed:\n{Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Sends a signal by its name: INT, TERM, KILL.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
    }
}
