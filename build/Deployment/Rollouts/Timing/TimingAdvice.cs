using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Timing;

/// <summary>Which setting would change a part of a rollout's time: the figures first. Pure.</summary>
internal static class TimingAdvice
{
    public const double LeastSeconds = 20;
    private const double LeastShare = 0.2;
    private const int ShortInterval = 10;

    /// <summary>Advice for the parts that matter; nothing where no setting is known to be the cause.</summary>
    public static IReadOnlyList<string> Of(RolloutTiming timing, ServiceState? service, DeploymentState? ours, HealthCheckTimes? health) =>
        [.. timing.Parts
            .Where(part => part.Seconds >= LeastSeconds && part.Seconds >= LeastShare * timing.Seconds)
            .Select(part => (Part: part, Advice: For(part, service, ours, health)))
            .Where(item => item.Advice is not null)
            .Select(item => $"{item.Part.Name} {RolloutTiming.Text(item.Part.Seconds)} of {RolloutTiming.Text(timing.Seconds)}: {item.Advice}")];

    private static string? For(TimingPart part, ServiceState? service, DeploymentState? ours, HealthCheckTimes? health) => part.Name switch
    {
        Milestones.Pull => "the time of the image's download and unpacking; a smaller image, or layers that change rarely, take less",
        Milestones.Health => Health(part.Seconds, health),
        Milestones.LoadBalancer =>
            "the target group's HealthCheckIntervalSeconds × HealthyThresholdCount (30 s × 5 unless they are set); 10 s × 2 would take about 20 s",
        Milestones.Draining =>
            "the target group's deregistration_delay.timeout_seconds (300 s unless it is set), then 'stopTimeout'; 30 s is enough where requests are short",
        Milestones.Turn => Turns(service, ours),
        _ => null,
    };

    // A first success makes a container healthy, and the first check is one interval after the start.
    private static string? Health(double seconds, HealthCheckTimes? health)
    {
        if (health is not { Interval: > ShortInterval } check) return null;
        var checks = Math.Max(1, (int)Math.Round(seconds / check.Interval));
        return FormattableString.Invariant(
            $"interval {check.Interval} s × {checks} until a check succeeded; an interval of {ShortInterval} s would see it up to {check.Interval - ShortInterval} s earlier");
    }

    private static string? Turns(ServiceState? service, DeploymentState? ours)
    {
        if (ours is not { DesiredCount: > 1 and var desired } || service is not { MinimumHealthyPercent: { } minimum, MaximumPercent: { } maximum }) return null;
        var above = (desired * maximum / 100) - desired;
        var below = desired - ((desired * minimum + 99) / 100);
        var atOnce = above + below;
        if (atOnce <= 0 || atOnce >= desired) return null;
        var enough = 100 + (((desired - below) * 100 + desired - 1) / desired);
        return FormattableString.Invariant(
            $"minimumHealthyPercent {minimum} and maximumPercent {maximum} replace {atOnce} of {desired} tasks at a time; maximumPercent {enough} would replace all at once");
    }
}
