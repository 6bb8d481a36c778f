using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Registers the task definition and updates the service, where anything changed; writes <c>deployment.json</c>.</summary>
[TaskName("DeployEcs")]
[TaskDescription("Register the task definition and update the service.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(RenderTaskDef))]
public sealed class DeployEcs : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override Task RunAsync(BuildContext context) => context.Pipeline.DeployService.RunAsync(context.CancellationToken);
}
