namespace Slipway.Deployment;

/// <summary>
/// An expected failure: it is shown as a message and a remedy, never with a stack, and carries the exit code of the process.
/// Neither text may hold a secret.
/// </summary>
public sealed class SlipwayException : Exception
{
    /// <param name="exitCode">How the process ends.</param>
    /// <param name="message">What failed, on which id, observed against expected. A sentence; ids in quotes. May have several lines.</param>
    /// <param name="remedy">What to try, as an imperative without "Try:"; null where there is nothing to say.</param>
    /// <param name="inner">The technical cause, shown at diagnostic verbosity only.</param>
    public SlipwayException(ExitCode exitCode, string message, string? remedy = null, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
        Remedy = remedy;
    }

    /// <summary>How the process ends.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What to try; null where there is nothing to say.</summary>
    public string? Remedy { get; }
}
