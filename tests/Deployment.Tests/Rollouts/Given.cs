using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Rollouts;

/// <summary>Observations to test with, as ECS gives them.</summary>
internal static class Given
{
    public const string Ours = "ecs-svc/2222";
    public const string Before = "ecs-svc/1111";
    public const string Other = "ecs-svc/3333";
    public const string NewRevision = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2";
    public const string OldRevision = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";
    public const string OtherRevision = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:3";
    public const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    public const string OtherDigest = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    /// <summary>Of a manifest in the index that <see cref="Digest"/> is of.</summary>
    public const string ChildDigest = "sha256:3333333333333333333333333333333333333333333333333333333333333333";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static RolloutGoal Goal(string? digest = Digest, string? previous = OldRevision) =>
        new(Ours, NewRevision, previous, digest, TimeSpan.FromMinutes(10)) { StartedAt = Noon };

    public static DeploymentState Rollout(
        string id = Ours, string status = "PRIMARY", string? rollout = "IN_PROGRESS", string revision = NewRevision,
        int desired = 1, int running = 0, int pending = 0, int failed = 0, string? reason = null) =>
        new(id, status, rollout, reason, revision, desired, running, pending, failed, Noon, Noon);

    public static ServiceState Service(params DeploymentState[] deployments) => new(
        "arn:aws:ecs:us-east-1:123456789012:cluster/parrot",
        "web",
        "arn:aws:ecs:us-east-1:123456789012:service/parrot/web",
        "ACTIVE",
        deployments.Length == 0 ? OldRevision : deployments[0].TaskDefinitionArn,
        deployments.Length == 0 ? 1 : deployments[0].DesiredCount,
        deployments.Sum(deployment => deployment.RunningCount),
        deployments.Sum(deployment => deployment.PendingCount),
        "ECS",
        CircuitBreaker: false,
        RollsBack: false,
        deployments,
        [],
        [],
        null);

    public static ServiceState WithRollback(this ServiceState service) => service with { CircuitBreaker = true, RollsBack = true };

    public static TaskState Running(string id = "task1", string startedBy = Ours, string? digest = Digest) => new(
        $"arn:aws:ecs:us-east-1:123456789012:task/parrot/{id}", NewRevision, "RUNNING", "RUNNING", "HEALTHY", startedBy, null, null, Noon, Noon, null,
        [new ContainerState("web", $"registry/web@{Digest}", digest, "RUNNING", null, null, "HEALTHY")]);

    public static TaskState Stopped(
        string id, string? reason, int? exitCode = null, string? containerReason = null, string stopCode = "EssentialContainerExited", string startedBy = Ours) => new(
        $"arn:aws:ecs:us-east-1:123456789012:task/parrot/{id}", NewRevision, "STOPPED", "STOPPED", null, startedBy, stopCode, reason, Noon, Noon, Noon,
        [new ContainerState("web", $"registry/web@{Digest}", null, "STOPPED", exitCode, containerReason, null)]);

    public static TaskState PullFailed(string id) => Stopped(
        id, "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref registry/web@sha256:1: not found",
        stopCode: "TaskFailedToStart");

    public static TaskState PullTimedOut(string id) => Stopped(
        id, "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: dial tcp 10.0.0.1:443: i/o timeout",
        stopCode: "TaskFailedToStart");

    public static RolloutObservation Seen(ServiceState? service, params TaskState[] tasks) => new(service, tasks) { Manifests = [] };

    public static ServiceEvent Event(string id, string message, int seconds = 1) => new(id, Noon.AddSeconds(seconds), message);
}
