using Cake.Frosting;

namespace Slipway.Build.Tasks;

/// <summary>Stops the embedded cloud and every task it runs. What it knows stays, for the next start.</summary>
[TaskName("LocalDown")]
[TaskDescription("Stop the local cloud and all its tasks; images and deployments stay for the next start.")]
public sealed class LocalDown : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var stopped = await context.Pipeline.LocalCloud.StopAsync(context.CancellationToken).ConfigureAwait(false);
        context.Report.Fact(stopped ? "The local cloud and its tasks are stopped." : "The local cloud does not run: nothing to stop.");
    }
}
