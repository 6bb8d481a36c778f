using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Deployment.Settings;
using Spectre.Console;

namespace Slipway.Build.Tasks;

/// <summary>The whole graph: from the sources, or from an existing image, to a stable deployment.</summary>
[TaskName("Deploy")]
[TaskDescription("The whole graph: from the sources to a stable deployment.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(WaitStable))]
public sealed class Deploy : FrostingTask<BuildContext>
{
    private const int LabelWidth = 25;

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
            context.Report.Success($"  {context.Settings.Service} is deployed to cluster {context.Settings.Cluster}.");
            foreach (var link in context.Pipeline.Results.Links(localPage: null)) context.Report.Whole($"{link.Name}:".PadRight(LabelWidth) + link.Address, Style.Plain);
        }

        context.Report.Fact($"Its log lines:           {BuildCommand.For("Logs", environment, "--follow")}");
        context.Report.Fact($"Its tasks:               {BuildCommand.For("Status", environment)}");
    }
}
