namespace Slipway.Deployment.Processes;

/// <summary>A program to run: an argument list, never a shell string.</summary>
/// <param name="FileName">The program, found on PATH or an absolute path.</param>
/// <param name="Arguments">The arguments, each as the program shall see it. No secret belongs here.</param>
public sealed record ProcessRequest(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The folder to run in; null means the repository root.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The name of the log under <c>artifacts/logs/</c>, without extension: "docker-build".</summary>
    public required string LogName { get; init; }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output and standard error, as they came, in order of arrival.</param>
/// <param name="LogFile">Where the whole output is kept, relative to the repository root.</param>
public sealed record ProcessResult(int ExitCode, IReadOnlyList<string> Output, string LogFile);

/// <summary>
/// Runs programs quietly: their output goes to a log, and the caller shows it where the program failed.
/// On cancellation the whole process tree is ended.
/// </summary>
public interface IProcessRunner
{
    /// <summary>Runs to the end. A program that cannot be started is a <see cref="SlipwayException"/>; a non-zero exit code is
    /// not.</summary>
    Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken);
}
