using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Deployment.Settings;

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
        if (deployment.NothingToDo) return;
        outcome.GoesOn =
        [
            $"Deployment '{deployment.DeploymentId}' of service '{deployment.Service}' goes on in ECS.",
            $"Try: {BuildCommand.For("WaitStable", deployment.Environment, "--exclusive")} to wait for its end.",
        ];
    }
}
