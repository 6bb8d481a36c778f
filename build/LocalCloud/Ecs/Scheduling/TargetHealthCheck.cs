namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>The front door's target group: what a load balancer's health check settings are on AWS.</summary>
internal sealed record TargetHealthCheck
{
    public string Path { get; init; } = "/health";

    public TimeSpan Quick { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    public int UnhealthyThreshold { get; init; } = 3;

    /// <summary>How long a target may take to answer for the first time, where the service has no grace period of its own.</summary>
    public TimeSpan Allowance { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a target that leaves may still finish its requests.</summary>
    public TimeSpan DeregistrationDelay { get; init; } = TimeSpan.FromSeconds(2);
}
