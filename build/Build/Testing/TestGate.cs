using System.Runtime.InteropServices;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Testing;

/// <summary>
/// The tests that a deploy must pass. A project that passed is remembered by the fingerprint of everything that it is made
/// of; it runs again when that changes, or with <c>--rebuild</c>.
/// </summary>
public sealed class TestGate(DeploymentSettings settings, TestRunner tests, ConsoleReport report, RepositoryRoot root)
{
    private const string NoDockerfile = "-";

    /// <summary>Runs what has to run; a test that fails is a <see cref="SlipwayException"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.StartsFrom is { } start)
        {
            report.Fact($"Nothing to test: {start}.");
            return;
        }

        if (settings.TestProjects.Count == 0) report.Warning("The environment names no test projects: nothing gates this deploy.");
        foreach (var project in settings.TestProjects) await RunAsync(project, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(string project, CancellationToken cancellationToken)
    {
        var sources = new SourceFiles(root.FullPath);
        if (!sources.HasProject(project))
        {
            throw new SlipwayException(
                ExitCode.InvalidInput,
                $"The test project '{project}' is missing: it is neither a file nor a folder with one project.",
                "name the projects that gate a deploy with --test-projects, or as 'testProjects' in the environment's file; [] there means none");
        }

        var files = sources.List(project, NoDockerfile, cancellationToken);
        var fingerprint = Fingerprint.OfImage(Fingerprint.OfFiles(files), [KeyValuePair.Create("runtime", RuntimeInformation.FrameworkDescription)]);
        var memory = root.Combine("artifacts", "test-gate", project.Replace('/', '-').Replace('\\', '-'));
        if (!settings.Rebuild && File.Exists(memory) && await File.ReadAllTextAsync(memory, cancellationToken).ConfigureAwait(false) == fingerprint)
        {
            report.Fact($"{project}: passed with these sources before, nothing to test.");
            return;
        }

        report.Progress($"{TestRunner.NameOf(project)} ...");
        var summary = await tests.RunAsync(project, ["-p:RunAnalyzers=false"], cancellationToken).ConfigureAwait(false);
        if (summary.Failed > 0)
        {
            throw new SlipwayException(
                ExitCode.BuildFailed, $"{summary.Failed} tests of '{project}' failed. Nothing was built or pushed.", "read the output above");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(memory)!);
        await File.WriteAllTextAsync(memory, fingerprint, cancellationToken).ConfigureAwait(false);
    }
}
