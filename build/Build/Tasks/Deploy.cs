using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Tasks;

/// <summary>The whole graph: from the sources, or from an existing image, to a stable deployment.</summary>
[TaskName("Deploy")]
[TaskDescription("The whole graph: from the sources to a stable deployment.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(WaitStable))]
public sealed class Deploy : FrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override void Run(BuildContext context)
    {
        var environment = context.Settings.Environment;
        if (context.Settings.LocalCloud is { } local)
        {
            context.Report.Success($"  {context.Settings.Service} runs: {local.FrontDoor}/");
            context.Report.Fact($"The local cloud's page:  {local.Endpoint}/");
        }
        else
        {
            context.Report.Success($"  {context.Settings.Service} runs in cluster {context.Settings.Cluster}.");
        }

        context.Report.Fact($"Its log lines:           {BuildCommand.For("Logs", environment, "--follow")}");
        context.Report.Fact($"Its tasks:               {BuildCommand.For("Status", environment)}");
    }
}
