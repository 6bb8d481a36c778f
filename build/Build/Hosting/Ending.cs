using Slipway.Build.Output;
using Slipway.Deployment;

namespace Slipway.Build.Hosting;

/// <summary>Tells how a run ended, once, and chooses the exit code.</summary>
internal static class Ending
{
    private const ExitCode Bug = (ExitCode)1;

    public static ExitCode Tell(Outcome outcome, ConsoleReport report, bool cancelled)
    {
        var error = Unwrap(outcome.Error);
        switch (error)
        {
            case null:
                return outcome.ExitCode;
            case SlipwayException expected:
                Fail("failed", expected.Message, expected.Remedy, Lines(expected, report.Verbose));
                return expected.ExitCode;
            case OperationCanceledException when cancelled:
                const string Resume = "Nothing is half written: the same command goes on from here.";
                Fail("cancelled", Resume, null, [Resume]);
                return ExitCode.Cancelled;
            case IOException full when IsDiskFull(full):
                const string Space = "free some space, then run the same command again.";
                Fail("failed", full.Message, Space, [full.Message, $"Try: {Space}"]);
                return ExitCode.PreconditionFailed;
            default:
                Fail(
                    "failed unexpectedly", $"{error.GetType().Name}: {error.Message}", null,
                    [.. error.ToString().Split('\n').Select(line => line.TrimEnd('\r')), "This is a bug in Slipway. Please report it with the lines above."]);
                return Bug;
        }

        void Fail(string verb, string message, string? remedy, IEnumerable<string> lines)
        {
            var headline = Headline(outcome, verb);
            report.Failure(headline, lines);
            report.Annotations?.AddFailure(headline, message, remedy);
        }
    }

    internal static Exception? Unwrap(Exception? exception)
    {
        while (exception is AggregateException { InnerExceptions.Count: 1 } or System.Reflection.TargetInvocationException)
        {
            exception = exception.InnerException;
        }

        return exception;
    }

    private static string Headline(Outcome outcome, string verb) => outcome.Target is null ? $"Run {verb}" : $"{outcome.Target} {verb}";

    private static IEnumerable<string> Lines(SlipwayException expected, bool verbose)
    {
        foreach (var line in expected.Message.ReplaceLineEndings("\n").Split('\n')) yield return line;
        if (expected.Remedy is not null) yield return $"Try: {expected.Remedy}";
        if (verbose && expected.InnerException is not null)
        {
            foreach (var line in expected.InnerException.ToString().ReplaceLineEndings("\n").Split('\n')) yield return line;
        }
    }

    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows, ENOSPC elsewhere, where the other two numbers mean something else.
    private static bool IsDiskFull(IOException exception) =>
        OperatingSystem.IsWindows() ? exception.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027) : exception.HResult == 28;
}
