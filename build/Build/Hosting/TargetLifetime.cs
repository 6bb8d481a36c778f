using Cake.Core;
using Cake.Frosting;

namespace Slipway.Build.Hosting;

/// <summary>Before each target: its headline, and whatever it says that it reaches. Does not run under <c>--dryrun</c>.</summary>
public sealed class TargetLifetime(Pipeline pipeline, Outcome outcome) : FrostingTaskLifetime<BuildContext>
{
    /// <inheritdoc />
    public override void Setup(BuildContext context, ITaskSetupContext info)
    {
        outcome.Target = info.Task.Name;
        context.Report.Headline(info.Task.Name);
        var cancellationToken = outcome.HasBegunDeployment ? CancellationToken.None : context.CancellationToken;
        cancellationToken.ThrowIfCancellationRequested();
        pipeline.PrepareAsync(info.Task.Name, cancellationToken).GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public override void Teardown(BuildContext context, ITaskTeardownContext info)
    {
    }
}
