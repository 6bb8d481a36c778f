using System.Globalization;
using Cake.Frosting;
using Slipway.Build.Testing;
using Slipway.Deployment;

namespace Slipway.Build.Tasks;

/// <summary>Every check of the repository: warnings, format, each test project, end to end. Needs no environment.</summary>
[TaskName("TestAll")]
[TaskDescription("Run every check: warnings, format, all tests, end to end.")]
public sealed class TestAll(TestRunner tests, SourceCheck sources) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        await sources.BuildAsync(context.CancellationToken).ConfigureAwait(false);
        context.Report.Fact("Everything builds without warnings.");
        await sources.CheckFormatAsync(context.CancellationToken).ConfigureAwait(false);
        context.Report.Fact("Everything is formatted.");

        var summaries = new List<TestSummary>();
        foreach (var project in TestProjects(context.Root))
        {
            summaries.Add(await tests.RunAsync(project, ["--no-build"], context.CancellationToken).ConfigureAwait(false));
        }

        var total = new TestSummary(
            "Total",
            summaries.Sum(summary => summary.Passed),
            summaries.Sum(summary => summary.Failed),
            [.. summaries.SelectMany(summary => summary.Failures)],
            [.. summaries.SelectMany(summary => summary.SkipReasons)]);
        foreach (var reason in total.SkipReasons.GroupBy(reason => reason).OrderByDescending(group => group.Count()))
        {
            context.Report.Fact(string.Create(CultureInfo.InvariantCulture, $"{reason.Count()} skipped: {reason.Key}"));
        }

        await File.WriteAllTextAsync(
            context.Root.Combine("artifacts", "test-results", "summary.txt"), $"{total}\n", context.CancellationToken).ConfigureAwait(false);
        context.Report.Summary?.Append(TestPage.Write(summaries, total));
        context.Report.Fact(total.ToString());
        if (total.Failed > 0)
        {
            throw new SlipwayException(ExitCode.BuildFailed, $"{total.Failed} tests failed.", "read the output above, or one project's log under artifacts/logs/");
        }
    }

    // The slow ones that use the whole program come last.
    private static IEnumerable<string> TestProjects(RepositoryRoot root) => Directory
        .EnumerateFiles(root.Combine("tests"), "*.Tests.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(root.FullPath, file))
        .OrderBy(file => file.Contains("EndToEnd", StringComparison.Ordinal))
        .ThenBy(file => file, StringComparer.Ordinal);
}
