using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Follows our own deployment until it is proven stable or has failed; writes <c>outcome.json</c>.</summary>
[TaskName("WaitStable")]
[TaskDescription("Wait until the deployment is proven stable, or say why it is not.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(DeployEcs))]
public sealed class WaitStable : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override Task RunAsync(BuildContext context) => context.Pipeline.FollowDeployment.RunAsync(context.CancellationToken);
}
