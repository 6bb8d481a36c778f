using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Builds the service's image on this machine; writes <c>build.json</c>.</summary>
[TaskName("DockerBuild")]
[TaskDescription("Build the image, with Docker or with the .NET SDK alone.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(Test))]
public sealed class DockerBuild : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var build = await context.Pipeline.Steps.CreateImageBuildAsync(context.CancellationToken).ConfigureAwait(false);
        await build.RunAsync(context.CancellationToken).ConfigureAwait(false);
    }
}
