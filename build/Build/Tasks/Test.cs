using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>The gate of a deploy: the test projects that the settings name. What passed and has not changed is not run again.</summary>
[TaskName("Test")]
[TaskDescription("Run the tests that gate a deploy.")]
[Reaches(CloudReach.Settings)]
public sealed class Test : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override Task RunAsync(BuildContext context) => context.Pipeline.TestGate.RunAsync(context.CancellationToken);
}
