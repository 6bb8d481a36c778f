namespace Slipway.Deployment;

/// <summary>Words for files that cannot be read or written.</summary>
internal static class FileFailure
{
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);
    private const int QuotaOnUnix = 122;

    /// <param name="verb">"read" or "write".</param>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system said.</param>
    public static SlipwayException Of(string verb, string path, Exception cause) => cause switch
    {
        IOException when cause.HResult is NoSpaceOnUnix or NoSpaceOnWindows or QuotaOnUnix
            || cause.Message.Contains("No space left", StringComparison.Ordinal) =>
            new SlipwayException(
                ExitCode.PreconditionFailed, $"failed to {verb} '{path}': the disk is full.",
                "free some space (--target=Clean removes what can be made again), then run the same command", cause),
        UnauthorizedAccessException =>
            new SlipwayException(
                ExitCode.PreconditionFailed, $"failed to {verb} '{path}': access is denied.",
                "give this user the right to it; a file left by another user can be deleted", cause),
        _ => new SlipwayException(ExitCode.PreconditionFailed, $"failed to {verb} '{path}': {cause.Message}", null, cause),
    };
}
