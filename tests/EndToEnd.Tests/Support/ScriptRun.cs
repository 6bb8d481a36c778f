using System.Diagnostics;
using System.Globalization;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>How one start of the script ended.</summary>
/// <param name="ExitCode">The script's exit code.</param>
/// <param name="Output">Standard output and standard error.</param>
/// <param name="Duration">From start to end.</param>
internal sealed record ScriptRun(int ExitCode, string Output, TimeSpan Duration)
{
    /// <summary>Checks that it failed with this code (null: with any), told these words, and showed no stack.</summary>
    public void MustFail(int? exitCode, params string[] words) => Assert.Multiple(() =>
    {
        Assert.That(ExitCode, exitCode is null ? Is.Not.Zero : Is.EqualTo(exitCode), ToString());
        foreach (var text in words) Assert.That(Output, Does.Contain(text));
        Assert.That(Output, Does.Not.Contain("This is a bug"), "an unexpected failure");
    });

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
        HearCtrlC(start);
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
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it and all that it started, at once.</summary>
    public void KillAll() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start: no bash can undo that, but env can.</summary>
    private static void HearCtrlC(ProcessStartInfo start)
    {
        const string Ignored = "SigIgn:";
        const long Interrupt = 1L << 1;
        if (!OperatingSystem.IsLinux()) return;
        var mask = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..];
        if ((long.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) == 0) return;
        foreach (var word in new[] { start.FileName, "--default-signal=INT" }) start.ArgumentList.Insert(0, word);
        start.FileName = "env";
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
    }
}
