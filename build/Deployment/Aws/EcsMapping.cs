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
            Known(service.CurrentServiceDeployment))
        {
            Strategy = Known(configuration?.Strategy?.Value) ?? "ROLLING",
            MinimumHealthyPercent = configuration?.MinimumHealthyPercent,
            MaximumPercent = configuration?.MaximumPercent,
            HealthCheckGracePeriod = service.HealthCheckGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            CreatedAt = Moment.Of(service.CreatedAt),
            Placement = Placement(service),
        };
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
            container.HealthStatus?.Value))])
    {
        ConnectivityAt = Moment.Of(task.ConnectivityAt),
        PullStartedAt = Moment.Of(task.PullStartedAt),
        PullStoppedAt = Moment.Of(task.PullStoppedAt),
        StoppingAt = Moment.Of(task.StoppingAt),
        ExecutionStoppedAt = Moment.Of(task.ExecutionStoppedAt),
    };

    public static ServiceDeploymentState ServiceDeployment(EcsServiceDeployment deployment) =>
        new(deployment.ServiceDeploymentArn ?? string.Empty, deployment.Status?.Value ?? string.Empty)
        {
            Reason = Known(deployment.StatusReason),
            CreatedAt = Moment.Of(deployment.CreatedAt),
            StartedAt = Moment.Of(deployment.StartedAt),
            FinishedAt = Moment.Of(deployment.FinishedAt),
            StoppedAt = Moment.Of(deployment.StoppedAt),
            Target = deployment.TargetServiceRevision is { } target ? Share(target) : null,
            Sources = [.. (deployment.SourceServiceRevisions ?? []).Select(Share)],
            Rollback = deployment.Rollback is { } rollback
                ? new RollbackState(Known(rollback.Reason), Moment.Of(rollback.StartedAt), Known(rollback.ServiceRevisionArn))
                : null,
            Breaker = deployment.DeploymentCircuitBreaker is { } breaker
                ? new CircuitBreakerState(Known(breaker.Status?.Value), breaker.FailureCount, breaker.Threshold)
                : null,
            TriggeredAlarms = [.. deployment.Alarms?.TriggeredAlarmNames ?? []],
            LifecycleStage = Known(deployment.LifecycleStage?.Value),
        };

    public static ServiceDeploymentState ServiceDeployment(ServiceDeploymentBrief brief) =>
        new(brief.ServiceDeploymentArn ?? string.Empty, brief.Status?.Value ?? string.Empty)
        {
            Reason = Known(brief.StatusReason),
            CreatedAt = Moment.Of(brief.CreatedAt),
            StartedAt = Moment.Of(brief.StartedAt),
            FinishedAt = Moment.Of(brief.FinishedAt),
            Target = Known(brief.TargetServiceRevisionArn) is { } arn ? new RevisionShare(arn, null, null, null) : null,
        };

    public static ServiceRevisionState ServiceRevision(ServiceRevision revision) => new(
        revision.ServiceRevisionArn ?? string.Empty, revision.TaskDefinition ?? string.Empty, Moment.Of(revision.CreatedAt));

    private static RevisionShare Share(ServiceRevisionSummary revision) => new(
        revision.Arn ?? string.Empty, revision.RequestedTaskCount, revision.RunningTaskCount, revision.PendingTaskCount)
    {
        ProductionTraffic = revision.RequestedProductionTrafficWeight,
        TestTraffic = revision.RequestedTestTrafficWeight,
    };

    private static TaskPlacement Placement(Service service)
    {
        var network = service.NetworkConfiguration?.AwsvpcConfiguration;
        return new TaskPlacement
        {
            LaunchType = Known(service.LaunchType?.Value),
            CapacityProviders = [.. (service.CapacityProviderStrategy ?? [])
                .Select(item => new CapacityProviderShare(item.CapacityProvider ?? string.Empty, item.Weight, item.Base))],
            PlatformVersion = Known(service.PlatformVersion),
            Subnets = [.. network?.Subnets ?? []],
            SecurityGroups = [.. network?.SecurityGroups ?? []],
            AssignPublicIp = network?.AssignPublicIp?.Value == "ENABLED",
        };
    }

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
