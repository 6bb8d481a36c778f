using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Registers the task definition and updates the service, where anything changed; writes <c>deployment.json</c>.</summary>
[TaskName("DeployEcs")]
[TaskDescription("Register the task definition and update the service.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(RenderTaskDef))]
public sealed class DeployEcs(Outcome outcome) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var deployment = await context.Pipeline.Steps.DeployService.RunAsync(context.CancellationToken).ConfigureAwait(false);
        outcome.HasBegunDeployment = !deployment.NothingToDo;
        // The wait does not begin any more, but it knows what becomes of a deployment whose run is cancelled.
        if (context.CancellationToken.IsCancellationRequested) await context.Pipeline.WaitForStable.RunAsync(context.CancellationToken).ConfigureAwait(false);
    }
}
