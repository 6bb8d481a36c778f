using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Shows which old revisions nobody uses, and deregisters them where that is confirmed.</summary>
[TaskName("Deregister")]
[TaskDescription("Show old revisions that nobody uses (--keep-revisions=N); with --confirm, deregister them.")]
[Reaches(CloudReach.Changes)]
public sealed class Deregister : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override Task RunAsync(BuildContext context) =>
        context.Pipeline.DeregisterRevisions.RunAsync(context.Pipeline.DeregisterSwitches, context.CancellationToken);
}
