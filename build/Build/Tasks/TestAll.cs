using Cake.Frosting;
using Slipway.Build.Testing;
using Slipway.Deployment;

namespace Slipway.Build.Tasks;

/// <summary>Every check of the repository: warnings, format, each test project, end to end. Needs no environment.</summary>
[TaskName("TestAll")]
[TaskDescription("Run every check: warnings, format, all tests, end to end.")]
public sealed class TestAll(TestSuite tests, SourceCheck sources) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        await sources.BuildAsync(context.CancellationToken).ConfigureAwait(false);
        context.Report.Fact("Everything builds without warnings.");
        await sources.CheckFormatAsync(context.CancellationToken).ConfigureAwait(false);
        context.Report.Fact("Everything is formatted.");

        var total = await tests.RunAsync(context.CancellationToken).ConfigureAwait(false);
        if (total.Failed > 0)
        {
            throw new SlipwayException(ExitCode.BuildFailed, $"{total.Failed} tests failed.", "read the output above, or one project's log under artifacts/logs/");
        }
    }
}
