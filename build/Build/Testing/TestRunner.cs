using System.Globalization;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Processes;

namespace Slipway.Build.Testing;

/// <summary>Runs test projects with the SDK, quietly, and tells what came out.</summary>
public sealed class TestRunner(IProcessRunner processes, ConsoleReport report, RepositoryRoot root, TimeProvider time)
{
    /// <summary>A project's name, from its file or folder.</summary>
    public static string NameOf(string project) => Path.GetFileName(project).Replace(".csproj", string.Empty, StringComparison.Ordinal);

    /// <summary>Runs one project; tests that fail are in the summary, a build that fails is a <see cref="SlipwayException"/>.</summary>
    /// <param name="project">The project's file or folder, relative to the repository root.</param>
    /// <param name="arguments">More arguments of <c>dotnet test</c>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<TestSummary> RunAsync(string project, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var name = NameOf(project);
        var results = Path.Combine("artifacts", "test-results");
        var file = root.Combine(results, $"{name}.trx");
        if (File.Exists(file)) File.Delete(file);
        var started = time.GetTimestamp();
        var run = await processes.RunAsync(
            new ProcessRequest("dotnet", ["test", project, "--nologo", "-nodeReuse:false", "--logger", $"trx;LogFileName={name}.trx", "--results-directory", results, .. arguments])
            {
                LogName = $"test-{name}",
                Environment = DotNetEnvironment.Variables,
            },
            cancellationToken).ConfigureAwait(false);
        var summary = TestSummary.Read(name, file);
        if (summary is null)
        {
            report.Block(run.Output);
            throw new SlipwayException(
                ExitCode.BuildFailed,
                $"'{name}' gave no test result (exit code {run.ExitCode}): it does not build, or its run crashed.",
                $"read the output above, also in '{run.LogFile}'");
        }

        var seconds = time.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        report.Fact($"{name}: {summary}, {seconds} s");
        if (summary.Failed > 0)
        {
            report.Block(run.Output);
            foreach (var failure in summary.Failures) report.Annotations?.Add(failure);
        }
        else if (run.ExitCode != 0 || summary.Passed + summary.Skipped == 0)
        {
            report.Block(run.Output);
            throw new SlipwayException(
                ExitCode.BuildFailed, $"'{name}' ended with exit code {run.ExitCode} after {summary}.", $"read the output above, also in '{run.LogFile}'");
        }

        return summary;
    }
}
