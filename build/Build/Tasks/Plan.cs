using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Build.Output;

namespace Slipway.Build.Tasks;

/// <summary>Says what Deploy would do now, and changes nothing; writes <c>plan.md</c> and <c>plan.json</c>.</summary>
[TaskName("Plan")]
[TaskDescription("Show what Deploy would do, and change nothing; --detailed-exitcode: 10 for changes.")]
[Reaches(CloudReach.Reads)]
public sealed class Plan(Outcome outcome) : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var isDetailed = context.Pipeline.PlanSwitches.DetailedExitCode;
        var plan = await context.Pipeline.PlanDeployment.RunAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var finding in plan.Findings) context.Report.Annotations?.Add(finding);
        new PlanView(context.Report).Show(plan);
        new PlanFiles(context.Root, context.Report).Write(plan);
        outcome.ExitCode = plan.ExitCode(isDetailed);
    }
}
