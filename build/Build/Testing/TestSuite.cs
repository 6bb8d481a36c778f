using System.Collections.Concurrent;
using System.Globalization;
using Slipway.Build.Output;
using Slipway.Deployment;

namespace Slipway.Build.Testing;

/// <summary>
/// Every test project of the repository, several side by side, as they wait more than they work. One that gives no result is a failure among the
/// others: a crash must not hide what they found.
/// </summary>
public sealed class TestSuite(TestRunner tests, ConsoleReport report, RepositoryRoot root)
{
    private const string Results = "artifacts/test-results";
    private const string Slowest = "EndToEnd";

    private static readonly int Lanes = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>Runs the compiled projects to their ends, tells what came out, and keeps the sum in <c>artifacts/test-results/summary.txt</c>.</summary>
    /// <returns>The sum of all projects.</returns>
    public async Task<TestSummary> RunAsync(CancellationToken cancellationToken)
    {
        var file = root.Combine(Results, "summary.txt");
        if (File.Exists(file)) File.Delete(file);
        var summaries = await RunProjectsAsync(cancellationToken).ConfigureAwait(false);
        var total = TestSummary.Sum(summaries);
        foreach (var reason in total.SkipReasons.GroupBy(reason => reason).OrderByDescending(group => group.Count()))
        {
            report.Fact(string.Create(CultureInfo.InvariantCulture, $"{reason.Count()} skipped: {reason.Key}"));
        }

        Directory.CreateDirectory(root.Combine(Results));
        await File.WriteAllTextAsync(file, $"{total}\n", cancellationToken).ConfigureAwait(false);
        report.Summary?.Append(TestPage.Write(summaries, total));
        report.Fact(total.ToString());
        return total;
    }

    private async Task<IReadOnlyList<TestSummary>> RunProjectsAsync(CancellationToken cancellationToken)
    {
        var projects = Projects();
        var notBegun = projects.Count;
        var running = new ConcurrentDictionary<string, string>();
        var ended = new ConcurrentBag<TestSummary>();
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(projects, lanes, async (project, stop) =>
        {
            running[project] = TestRunner.NameOf(project);
            Interlocked.Decrement(ref notBegun);
            TellRunning();
            ended.Add(await RunAsync(project, stop).ConfigureAwait(false));
            running.TryRemove(project, out _);
            if (notBegun == 0) TellRunning();
        }).ConfigureAwait(false);
        return [.. ended.OrderBy(summary => summary.Project, StringComparer.Ordinal)];

        void TellRunning()
        {
            if (!running.IsEmpty) report.Progress($"{string.Join(", ", running.Values.Order(StringComparer.Ordinal))} ...");
        }
    }

    private async Task<TestSummary> RunAsync(string project, CancellationToken cancellationToken)
    {
        try
        {
            return await tests.RunAsync(project, ["--no-build"], cancellationToken).ConfigureAwait(false);
        }
        catch (SlipwayException failure) when (failure.ExitCode == ExitCode.BuildFailed)
        {
            report.Warning(failure.Message);
            var name = TestRunner.NameOf(project);
            return new TestSummary(name, 0, 1, [new FailedTest(name, failure.Message, null, null)], []);
        }
    }

    // The slow ones that use the whole program begin first: nothing else takes as long.
    private IReadOnlyList<string> Projects() =>
    [
        .. Directory.EnumerateFiles(root.Combine("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root.FullPath, file))
            .OrderByDescending(file => file.Contains(Slowest, StringComparison.Ordinal))
            .ThenBy(file => file, StringComparer.Ordinal),
    ];
}
