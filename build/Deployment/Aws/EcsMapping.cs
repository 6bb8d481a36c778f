using Amazon.ECS.Model;
using Slipway.Deployment.Services;
using EcsDeployment = Amazon.ECS.Model.Deployment;
using EcsServiceDeployment = Amazon.ECS.Model.ServiceDeployment;
using EcsServiceEvent = Amazon.ECS.Model.ServiceEvent;
using EcsTask = Amazon.ECS.Model.Task;

namespace Slipway.Deployment.Aws;

/// <summary>The SDK's shapes in this program's. Everything in an answer may be missing.</summary>
internal static class EcsMapping
{
    public static ServiceState Service(Service service)
    {
        var configuration = service.DeploymentConfiguration;
        var breaker = configuration?.DeploymentCircuitBreaker;
        var alarms = configuration?.Alarms;
        return new ServiceState(
            service.ClusterArn ?? string.Empty,
            service.ServiceName ?? string.Empty,
            service.ServiceArn ?? string.Empty,
            service.Status ?? string.Empty,
            service.TaskDefinition ?? string.Empty,
            service.DesiredCount ?? 0,
            service.RunningCount ?? 0,
            service.PendingCount ?? 0,
            service.DeploymentController?.Type?.Value ?? "ECS",
            breaker?.Enable == true,
            (breaker is { Enable: true, Rollback: true }) || (alarms is { Enable: true, Rollback: true }),
            [.. (service.Deployments ?? []).Select(Deployment).OrderByDescending(deployment => deployment.CreatedAt)],
            [.. (service.Events ?? []).Select(Event).OrderByDescending(happened => happened.At)],
            [.. (service.LoadBalancers ?? [])
                .Select(balancer => new LoadBalancerState(balancer.TargetGroupArn, balancer.ContainerName, balancer.ContainerPort))],
            Known(service.CurrentServiceDeployment));
    }

    public static TaskState Task(EcsTask task) => new(
        task.TaskArn ?? string.Empty,
        task.TaskDefinitionArn,
        task.LastStatus ?? "UNKNOWN",
        task.DesiredStatus ?? "UNKNOWN",
        task.HealthStatus?.Value,
        task.StartedBy,
        task.StopCode?.Value,
        Known(task.StoppedReason),
        Moment.Of(task.CreatedAt),
        Moment.Of(task.StartedAt),
        Moment.Of(task.StoppedAt),
        [.. (task.Containers ?? []).Select(container => new ContainerState(
            container.Name ?? string.Empty,
            container.Image,
            Known(container.ImageDigest),
            container.LastStatus,
            container.ExitCode,
            Known(container.Reason),
            container.HealthStatus?.Value))]);

    public static ServiceDeploymentState ServiceDeployment(EcsServiceDeployment deployment) => new(
        deployment.ServiceDeploymentArn ?? string.Empty,
        deployment.Status?.Value ?? string.Empty,
        Known(deployment.StatusReason),
        Known(deployment.Rollback?.Reason),
        deployment.DeploymentCircuitBreaker?.FailureCount,
        deployment.DeploymentCircuitBreaker?.Threshold);

    private static DeploymentState Deployment(EcsDeployment deployment) => new(
        deployment.Id ?? string.Empty,
        deployment.Status ?? string.Empty,
        Known(deployment.RolloutState?.Value),
        Known(deployment.RolloutStateReason),
        deployment.TaskDefinition ?? string.Empty,
        deployment.DesiredCount ?? 0,
        deployment.RunningCount ?? 0,
        deployment.PendingCount ?? 0,
        deployment.FailedTasks ?? 0,
        Moment.Of(deployment.CreatedAt),
        Moment.Of(deployment.UpdatedAt));

    private static Services.ServiceEvent Event(EcsServiceEvent happened) => new(
        happened.Id ?? string.Empty, Moment.Of(happened.CreatedAt) ?? DateTimeOffset.UnixEpoch, happened.Message ?? string.Empty);

    private static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
