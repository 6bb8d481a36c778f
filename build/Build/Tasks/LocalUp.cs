using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Starts the embedded cloud of an environment that lives on it.</summary>
[TaskName("LocalUp")]
[TaskDescription("Start the local cloud, with its service as it was left.")]
[Reaches(CloudReach.Settings)]
public sealed class LocalUp : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var settings = context.Pipeline.RequireLocalCloud();
        await context.Pipeline.LocalCloud.EnsureRunningAsync(settings, context.CancellationToken).ConfigureAwait(false);
        context.Report.Fact($"Local cloud: {settings.Endpoint}/");
        context.Report.Fact($"Front door:  {settings.FrontDoor}/");
    }
}
