using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Takes the service back to the last good revision, or to a named one, and waits until that is proven stable.</summary>
[TaskName("Rollback")]
[TaskDescription("Go back to the last good revision, or --to=family:42, and wait until it is stable.")]
[Reaches(CloudReach.Changes)]
public sealed class Rollback(Outcome outcome) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var switches = context.Pipeline.RollbackSwitches;
        var begun = await context.Pipeline.Steps.RollBackService.RunAsync(switches.To, context.CancellationToken).ConfigureAwait(false);
        if (begun is null) return;
        outcome.HasBegunDeployment = true;
        await context.Pipeline.WaitForStable.RunAsync(context.CancellationToken).ConfigureAwait(false);
    }
}
