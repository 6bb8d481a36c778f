using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Removes the login that <c>EcrLogin</c> left.</summary>
[TaskName("EcrLogout")]
[TaskDescription("Remove the login that EcrLogin left.")]
[Reaches(CloudReach.Settings)]
public sealed class EcrLogout : FrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override void Run(BuildContext context) => context.Pipeline.LogOut.Run();
}
