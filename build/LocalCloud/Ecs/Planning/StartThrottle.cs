namespace Slipway.LocalCloud.Ecs.Planning;

/// <summary>
/// How long the scheduler waits before it tries a failing service again. ECS doubles from seconds to a quarter of an hour;
/// on a laptop a minute is long enough.
/// </summary>
internal static class StartThrottle
{
    private const int LongestSeconds = 60;

    /// <summary>Between two attempts to place a task where there is no capacity.</summary>
    public static readonly TimeSpan BetweenPlacements = TimeSpan.FromSeconds(2);

    public static TimeSpan DelayAfter(int consecutiveFailures) => consecutiveFailures switch
    {
        <= 1 => TimeSpan.FromSeconds(1),
        > 7 => TimeSpan.FromSeconds(LongestSeconds),
        _ => TimeSpan.FromSeconds(Math.Min(LongestSeconds, 1 << (consecutiveFailures - 2))),
    };
}
