using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Processes;

namespace Slipway.Build.Testing;

/// <summary>Builds everything with warnings as errors and checks that the sources are formatted.</summary>
public sealed class SourceCheck(IProcessRunner processes, ConsoleReport report)
{
    private const string Solution = "Slipway.slnx";

    /// <summary>Compiles the solution; a warning or an error is a <see cref="SlipwayException"/>.</summary>
    public Task BuildAsync(CancellationToken cancellationToken) => RunAsync(
        "build", ["build", Solution, "--nologo", "-v", "quiet", "-clp:NoSummary", "-nodeReuse:false", "-p:TreatWarningsAsErrors=true"],
        "The solution does not build without warnings.", "correct the lines above", cancellationToken);

    /// <summary>Checks the format (styles are warnings of the compilation); a file that is not formatted is a <see cref="SlipwayException"/>.</summary>
    public Task CheckFormatAsync(CancellationToken cancellationToken) => RunAsync(
        "format", ["format", "whitespace", ".", "--folder", "--verify-no-changes", "--exclude", "artifacts"],
        "Some sources are not formatted.", "run: dotnet format whitespace", cancellationToken);

    private async Task RunAsync(
        string name, IReadOnlyList<string> arguments, string message, string remedy, CancellationToken cancellationToken)
    {
        report.Progress($"dotnet {name} ...");
        var result = await processes.RunAsync(
            new ProcessRequest("dotnet", arguments) { LogName = name, Environment = DotNetEnvironment.Variables }, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0) return;
        report.Block(result.Output);
        throw new SlipwayException(ExitCode.BuildFailed, $"{message} The whole output is in '{result.LogFile}'.", remedy);
    }
}
