using Cake.Frosting;
using Slipway.Build.Hosting;

namespace Slipway.Build.Tasks;

/// <summary>Runs one task of the new revision beside the service, and waits for its end; the service is not changed.</summary>
[TaskName("RunTask")]
[TaskDescription("Run a command once as a task of the new revision: --task-command=JSON; its exit code decides.")]
[Reaches(CloudReach.Changes)]
[IsDependentOn(typeof(RenderTaskDef))]
public sealed class RunTask : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override Task RunAsync(BuildContext context) =>
        context.Pipeline.Steps.RunTaskOfRevision.RunAsync(context.Pipeline.OneOffCommand, context.CancellationToken);
}
