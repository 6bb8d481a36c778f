using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Sends the image to the registry and reads its digest back; writes <c>image.json</c>.</summary>
[TaskName("Push")]
[TaskDescription("Push the image, unless the registry has it already.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(EcrLogin))]
public sealed class Push : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        await context.Pipeline.RequireAccountAsync(context.CancellationToken).ConfigureAwait(false);
        await context.Pipeline.Steps.PushImage.RunAsync(context.CancellationToken).ConfigureAwait(false);
    }
}
