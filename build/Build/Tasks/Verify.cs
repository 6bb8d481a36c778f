using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Build.Output;

namespace Slipway.Build.Tasks;

/// <summary>Looks at everything that a deployment stands on, reports it all at once, and changes nothing; writes <c>verify.json</c>.</summary>
[TaskName("Verify")]
[TaskDescription("Check everything that a deployment needs, and change nothing; 3 where something is NG.")]
[Reaches(CloudReach.Reads, TellsOfSettings = true)]
public sealed class Verify(Outcome outcome) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var verification = await context.Pipeline.VerifyAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var finding in verification.Findings) context.Report.Annotations?.Add(finding);
        new VerifyView(context.Report).Show(verification);
        new VerifyFiles(context.Root, context.Report).Write(verification);
        outcome.ExitCode = verification.ExitCode;
    }
}
