using Cake.Core;
using Cake.Frosting;
using Slipway.Build.Output;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Hosting;

/// <summary>Around a run: settings and banner before the first target, the outcome after the last. Runs under <c>--dryrun</c> too, so that it changes nothing.</summary>
public sealed class BuildLifetime(Outcome outcome, Pipeline pipeline) : FrostingLifetime<BuildContext>
{
    /// <inheritdoc />
    public override void Setup(BuildContext context, ISetupContext info)
    {
        context.Report.Job?.TellCircumstances(context.Environment.GetEnvironmentVariable(NamesFromSecrets.Variable));
        if (pipeline.NeedsSettings) _ = context.Settings;
        pipeline.LooksBeforehand = !context.CommandLine.Exclusive && info.TasksToExecute.Any(task => task.Name == nameof(Tasks.DeployEcs));
        if (pipeline.Reach < CloudReach.Settings || pipeline.HasRefusedSettings) return;
        if (pipeline.Reach >= CloudReach.Reads) Banner.Print(context.Report, context.Settings);
        Banner.PrintRemarks(context.Report, context.Settings);
    }

    /// <inheritdoc />
    public override void Teardown(BuildContext context, ITeardownContext info)
    {
        outcome.Error = info.ThrownException;
        if (context.Report.Job is { } job) new GitHubRunPage(pipeline, job, context.Report).Write(outcome);
        pipeline.Dispose();
    }
}
