namespace Slipway.Deployment.Tests.Support;

/// <summary>A clock on which every short wait is over at once, and timeouts of minutes never come.</summary>
internal sealed class InstantTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(
            callback, state, dueTime > TimeSpan.FromMinutes(1) ? dueTime : dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero,
            period);
}
