using System.Globalization;
using Cake.Frosting;
using Slipway.Build.Hosting;
using Slipway.Deployment;
using Slipway.Deployment.Services;

namespace Slipway.Build.Tasks;

/// <summary>Shows the service as it is: deployments, tasks, the last events.</summary>
[TaskName("Status")]
[TaskDescription("Show the service: deployments, tasks, the last events.")]
[Reaches(CloudReach.Reads)]
public sealed class Status : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override async Task RunAsync(BuildContext context)
    {
        var status = await context.Pipeline.ReadStatus.RunAsync(cancellationToken: context.CancellationToken).ConfigureAwait(false);
        var service = status.Service;
        context.Report.Fact(string.Create(
            CultureInfo.InvariantCulture,
            $"{service.Name}: {service.Status}, {(status.IsStable ? "stable" : "not stable")}, desired {service.DesiredCount}, running {service.RunningCount}, pending {service.PendingCount}"));
        foreach (var deployment in service.Deployments) context.Report.Fact(Describe(deployment));
        foreach (var task in status.Tasks) context.Report.Fact(Describe(task));
        foreach (var serviceEvent in status.Events) context.Report.Line(Time(serviceEvent.At), serviceEvent.Message);
        if (context.Settings.LocalCloud is { } local) context.Report.Fact($"Front door: {local.FrontDoor}/   Page: {local.Endpoint}/");
    }

    private static string Describe(DeploymentState deployment) => string.Create(
        CultureInfo.InvariantCulture,
        $"deployment {deployment.Id}  {deployment.Status}  {deployment.RolloutState}  {ResourceName.Of(deployment.TaskDefinitionArn)}  running {deployment.RunningCount} of {deployment.DesiredCount}, failed {deployment.FailedTasks}");

    private static string Describe(TaskState task)
    {
        var container = task.Containers.Count > 0 ? task.Containers[0] : null;
        var exit = container?.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $", exit code {code}") : string.Empty;
        var health = task.Health is { } known && !task.IsStopped ? $"  {known}" : string.Empty;
        var reason = task.StoppedReason is { } words ? $": {words}{exit}" : string.Empty;
        return $"task {task.Id}  {task.LastStatus}{health}  {ResourceName.Of(task.TaskDefinitionArn ?? "?")}  {container?.ImageDigest ?? "no digest"}{reason}";
    }

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
