using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>States of a service that scenarios are made of.</summary>
internal static class Scenery
{
    public const string Arn = "arn:aws:ecs:us-east-1:123456789012:service-deployment/parrot/web/ours";
    public const string Ann = "arn:aws:iam::123456789012:user/ann";

    private static readonly DateTimeOffset Earlier = Noon.AddHours(-1);

    public static DeploymentState Old { get; } =
        Rollout(Before, "ACTIVE", "COMPLETED", OldRevision, running: 1) with { CreatedAt = Earlier };

    public static ServiceState AsBefore { get; } = Service(Old with { Status = "PRIMARY" });

    public static ServiceState Starting { get; } = Service(Rollout(pending: 1), Old);

    public static ServiceState Failing { get; } = Service(Rollout(failed: 1, pending: 1), Old);

    public static ServiceState Up { get; } = Service(Rollout(running: 1), Old);

    public static ServiceState Done { get; } = Service(Rollout(rollout: "COMPLETED", running: 1));

    public static ServiceState RollingBack { get; } = Service(
        Newer(Rollout(Other, revision: OldRevision, reason: "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1111.")),
        Rollout(status: "ACTIVE", rollout: "FAILED", failed: 3, reason: "ECS deployment circuit breaker: tasks failed to start.")).WithRollback();

    public static ServiceState Back { get; } = Service(Newer(Rollout(Other, rollout: "COMPLETED", revision: OldRevision, running: 1))).WithRollback();

    public static ServiceState Replaced { get; } = Service(Newer(Rollout(Other, revision: OtherRevision)), Rollout(status: "ACTIVE", running: 1));

    public static DeploymentState Newer(DeploymentState deployment) => deployment with { CreatedAt = Noon.AddMinutes(1) };

    public static ServiceDeploymentState Ours(string status) => new(Arn, status) { CreatedAt = Noon, Target = new($"{Arn}-revision", 1, 0, 1) };

    public static ServiceDeploymentState Tripped(string status) =>
        Ours(status) with { Breaker = new("TRIGGERED", 3, 3), Rollback = RollbackOf("ECS deployment circuit breaker: tasks failed to start.") };

    public static RollbackState RollbackOf(string reason) => new(reason, Noon, "arn:before-revision");

    public static ServiceDeploymentState AtStage(string stage) => Ours("IN_PROGRESS") with { LifecycleStage = stage };

    public static ServiceState BlueGreen(this ServiceState service) => service with { Strategy = "BLUE_GREEN" };

    public static ServiceState Saying(this ServiceState service, params string[] events) =>
        service with { Events = [.. events.Select((message, index) => Event($"{message}{index}", message, events.Length - index))] };

    public static TaskState Pending(string id, string? containerReason = null) => new(
        $"arn:aws:ecs:us-east-1:123456789012:task/parrot/{id}", NewRevision, "PENDING", "RUNNING", null, Given.Ours, null, null, Noon, null, null,
        [new ContainerState("web", $"registry/web@{Digest}", null, "PENDING", null, containerReason, null)]);

    public static TaskState[] Crashed(int count, int exitCode, string reason = "Essential container in task exited") =>
        [.. Enumerable.Range(0, count).Select(index => Stopped($"crash{index}", reason, exitCode))];

    public static TaskState[] Unstarted(int count, string reason) =>
        [.. Enumerable.Range(0, count).Select(index => Stopped($"start{index}", reason, stopCode: "TaskFailedToStart"))];
}
