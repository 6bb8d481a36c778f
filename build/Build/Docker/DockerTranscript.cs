using Cake.Core;
using Cake.Core.Tooling;
using Slipway.Build.Output;
using Slipway.Deployment;

namespace Slipway.Build.Docker;

/// <summary>Keeps what a Docker command prints: in a log always, on the console where the command fails.</summary>
internal sealed class DockerTranscript(string name, RepositoryRoot root, ConsoleReport report)
{
    private readonly List<string> _lines = [];

    /// <summary>Where the whole output is, relative to the repository.</summary>
    public string LogFile => Path.Combine("artifacts", "logs", $"{name}.log");

    /// <summary>Makes a command's settings write here.</summary>
    public TSettings Attach<TSettings>(TSettings settings)
        where TSettings : ToolSettings
    {
        settings.SetupProcessSettings = process =>
        {
            process.RedirectStandardOutput = true;
            process.RedirectStandardError = true;
            process.RedirectedStandardOutputHandler = Keep;
            process.RedirectedStandardErrorHandler = Keep;
        };
        return settings;
    }

    /// <summary>Runs a command; its failure shows the whole output and is a <see cref="SlipwayException"/>.</summary>
    public async Task RunAsync(Action command, ExitCode exitCode, string message, string remedy, CancellationToken cancellationToken)
    {
        if (await TryRunAsync(command, cancellationToken).ConfigureAwait(false) is not { } lines) return;
        report.Block(lines);
        throw new SlipwayException(exitCode, $"{message} The whole output is in '{LogFile}'.", remedy);
    }

    /// <summary>Runs a command; null where it ended well, else what it printed.</summary>
    public async Task<IReadOnlyList<string>?> TryRunAsync(Action command, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(command, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (CakeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lines) return _lines.Count > 0 ? [.. _lines] : [exception.Message];
        }
        finally
        {
            Directory.CreateDirectory(root.Combine("artifacts", "logs"));
            string[] kept;
            lock (_lines) kept = [.. _lines];
            await File.WriteAllLinesAsync(root.Combine(LogFile), kept, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private string Keep(string line)
    {
        if (line is null) return string.Empty;
        lock (_lines) _lines.Add(line);
        report.Detail(line);
        return line;
    }
}
