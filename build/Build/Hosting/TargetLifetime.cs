using Cake.Core;
using Cake.Frosting;

namespace Slipway.Build.Hosting;

/// <summary>Around each target: its headline, whatever it says that it reaches, and what it left for later steps of a job. Does not run under <c>--dryrun</c>.</summary>
public sealed class TargetLifetime(Pipeline pipeline, Outcome outcome) : FrostingTaskLifetime<BuildContext>
{
    /// <inheritdoc />
    public override void Setup(BuildContext context, ITaskSetupContext info)
    {
        var cancellationToken = outcome.HasBegunDeployment ? CancellationToken.None : context.CancellationToken;
        if (pipeline.LooksBeforehand)
        {
            outcome.Target = "Preflight";
            cancellationToken.ThrowIfCancellationRequested();
            pipeline.LookBeforehandAsync(cancellationToken).GetAwaiter().GetResult();
        }

        outcome.Target = info.Task.Name;
        context.Report.Target(info.Task.Name);
        cancellationToken.ThrowIfCancellationRequested();
        pipeline.PrepareAsync(info.Task.Name, cancellationToken).GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public override void Teardown(BuildContext context, ITaskTeardownContext info)
    {
        context.Report.Annotations?.EndGroup();
        if (pipeline.Reach == CloudReach.Changes) context.Report.Job?.Outputs?.Write(pipeline.Results.Outputs());
    }
}
