using Slipway.Build.Hosting;
using Slipway.Build.Output;
using Slipway.Deployment;
using Spectre.Console.Testing;

namespace Slipway.Build.Tests.Documentation;

/// <summary>What a person sees at the end of a run that failed.</summary>
internal static class ToldEnding
{
    /// <summary>Of the console, in characters.</summary>
    public const int Width = 120;

    /// <summary>Ends a run with an error, as Program does.</summary>
    public static (string Output, ExitCode ExitCode) Of(string target, Exception error)
    {
        using var console = new TestConsole().Width(Width);
        var exitCode = Ending.Tell(new Outcome { Target = target, Error = error }, new ConsoleReport(console, live: true), cancelled: false);
        return (string.Join('\n', console.Lines.Select(line => line.TrimEnd())).Trim('\n'), exitCode);
    }

    /// <summary>A case of a page: what fails is run, and must fail as an expected failure does.</summary>
    public static async Task<PageCase> CaseAsync(string key, string explanation, string target, Func<Task> failing)
    {
        try
        {
            await failing();
        }
        catch (SlipwayException error)
        {
            var (output, exitCode) = Of(target, error);
            return new PageCase(key, explanation, output, exitCode);
        }

        throw new InvalidOperationException($"'{key}' did not fail.");
    }
}
