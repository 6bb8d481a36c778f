namespace Slipway.Deployment.Services;

/// <summary>
/// A call that failed for a reason that time may cure: throttling, a server error, a dropped connection. A wait goes
/// on; everything else shows it as the failure that <see cref="ToFailure"/> gives.
/// </summary>
/// <param name="message">"failed to describe service 'x': ThrottlingException Rate exceeded".</param>
/// <param name="throttled">Whether the service asked for fewer calls.</param>
/// <param name="remedy">What to try where waiting does not help.</param>
/// <param name="inner">The technical cause.</param>
public sealed class TransientServiceException(string message, bool throttled, string? remedy, Exception? inner)
    : Exception(message, inner)
{
    /// <summary>Whether the service asked for fewer calls.</summary>
    public bool Throttled { get; } = throttled;

    /// <summary>Whether the call may have been done all the same: its answer was lost or could not be read.</summary>
    public bool MayBeDone { get; init; }

    /// <summary>What to try where waiting does not help.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>The failure to show where nobody waits.</summary>
    public SlipwayException ToFailure(ExitCode exitCode = ExitCode.PreconditionFailed) => new(exitCode, Message, Remedy, this);
}
