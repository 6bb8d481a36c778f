using Cake.Core;
using Cake.Frosting;

namespace Slipway.Build.Hosting;

/// <summary>Before each target: whatever it says that it reaches is there. Does not run under <c>--dryrun</c>.</summary>
public sealed class TargetLifetime(Pipeline pipeline) : FrostingTaskLifetime<BuildContext>
{
    /// <inheritdoc />
    public override void Setup(BuildContext context, ITaskSetupContext info)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        pipeline.PrepareAsync(info.Task.Name, context.CancellationToken).GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public override void Teardown(BuildContext context, ITaskTeardownContext info)
    {
    }
}
