namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>What was seen of a rollout that did not succeed. Times are by ECS's clock; texts are ECS's, made plain.</summary>
/// <param name="Deployment">The deployment's own state; null where ECS does not show it any more.</param>
/// <param name="Tasks">Its stopped and pending tasks by reason, the largest group first.</param>
/// <param name="CircuitBreaker">How close the deployment circuit breaker was; null where ECS does not tell it.</param>
/// <param name="TargetHealth">What the load balancer said of its targets, as the service events tell it, the newest first.</param>
/// <param name="Events">The last service events since the deployment began, the oldest first.</param>
/// <param name="NotRead">What could not be read, and why.</param>
public sealed record RolloutEvidence(
    DeploymentEvidence? Deployment,
    IReadOnlyList<TaskGroupEvidence> Tasks,
    CircuitBreakerEvidence? CircuitBreaker,
    IReadOnlyList<TargetHealthEvidence> TargetHealth,
    IReadOnlyList<EventEvidence> Events,
    IReadOnlyList<string> NotRead)
{
    /// <summary>Where nothing was looked for.</summary>
    public static RolloutEvidence None { get; } = new(null, [], null, [], [], []);
}

/// <summary>A deployment's state.</summary>
/// <param name="State">The rollout state, or the service deployment's status where ECS has one.</param>
/// <param name="Reason">In ECS's words.</param>
/// <param name="Rollback">Why it was rolled back, in ECS's words.</param>
/// <param name="Alarms">The CloudWatch alarms that ended it.</param>
/// <param name="Desired">How many tasks it shall have.</param>
/// <param name="Running">How many run.</param>
/// <param name="Pending">How many are starting.</param>
/// <param name="Failed">How many did not come up, as ECS counts.</param>
public sealed record DeploymentEvidence(
    string? State, string? Reason, string? Rollback, IReadOnlyList<string> Alarms, int? Desired, int? Running, int? Pending, int? Failed);

/// <summary>Tasks that stopped, or wait, for the same reason.</summary>
/// <param name="Cause">The catalogue's key; null where it knows none, or where nothing is wrong with them.</param>
/// <param name="Reason">In ECS's words; for tasks that wait, the status that they are in.</param>
/// <param name="StopCode">Of the newest that stopped.</param>
/// <param name="Stopped">How many have stopped.</param>
/// <param name="Pending">How many wait.</param>
/// <param name="TaskIds">The newest ones.</param>
/// <param name="ExitCodes">Of their containers.</param>
public sealed record TaskGroupEvidence(
    string? Cause, string Reason, string? StopCode, int Stopped, int Pending, IReadOnlyList<string> TaskIds, IReadOnlyList<ExitCodeEvidence> ExitCodes);

/// <summary>How often a container ended with a code.</summary>
public sealed record ExitCodeEvidence(string Container, int ExitCode, int Count);

/// <summary>The deployment circuit breaker.</summary>
/// <param name="Status">"TRIGGERED", "MONITORING", …</param>
/// <param name="Failures">How many failures it has counted.</param>
/// <param name="Threshold">At how many it trips.</param>
public sealed record CircuitBreakerEvidence(string? Status, int? Failures, int? Threshold);

/// <summary>What the load balancer said of a target.</summary>
/// <param name="At">The newest time.</param>
/// <param name="Target">The port and the target group, as far as they are told.</param>
/// <param name="Reason">In the load balancer's words.</param>
/// <param name="Count">How often it was said.</param>
public sealed record TargetHealthEvidence(DateTimeOffset At, string Target, string Reason, int Count);

/// <summary>A service event.</summary>
public sealed record EventEvidence(DateTimeOffset At, string Message);
