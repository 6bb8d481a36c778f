using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Build.Output;

namespace Slipway.Build.Tasks;

/// <summary>Looks what is missing in the account, and prints the commands that make it. Runs none of them.</summary>
[TaskName("Bootstrap")]
[TaskDescription("Print the exact commands for what is missing in the account; run nothing.")]
[Reaches(CloudReach.Reads)]
public sealed class Bootstrap : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var advice = await context.Pipeline.BootstrapAccount.RunAsync(context.CancellationToken).ConfigureAwait(false);
        new BootstrapView(context.Report).Show(advice);
    }
}
