using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Puts the pushed image, by digest, into the task definition; writes <c>task-definition.json</c>.</summary>
[TaskName("RenderTaskDef")]
[TaskDescription("Render the task definition with the pushed image, and check it.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(Push))]
public sealed class RenderTaskDef : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override Task RunAsync(BuildContext context) => context.Pipeline.Steps.RenderTaskDefinition.RunAsync(context.CancellationToken);
}
