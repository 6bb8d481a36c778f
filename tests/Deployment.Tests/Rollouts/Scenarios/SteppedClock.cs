
namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>A clock whose time of day somebody sets while time itself goes on.</summary>
internal sealed class SteppedClock : TimeProvider
{
    public WaitedClock Real { get; } = new(Given.Noon);

    /// <summary>Since when, in seconds, the clock is wrong, and by how much.</summary>
    public IReadOnlyList<(double At, TimeSpan By)> Steps { get; init; } = [];

    public double Seconds => (Real.GetUtcNow() - Given.Noon).TotalSeconds;

    public override long TimestampFrequency => Real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        Steps.Where(step => step.At <= Seconds).Aggregate(Real.GetUtcNow(), (now, step) => now + step.By);

    public override long GetTimestamp() => Real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Real.CreateTimer(callback, state, dueTime, period);
}
