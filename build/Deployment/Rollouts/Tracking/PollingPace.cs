namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>
/// How long to wait between two looks: a tenth of the time in which nothing has moved, so that a change is seen soon after a
/// change and a long calm costs few calls; shorter while the end is near; much longer while the service asks for fewer
/// calls. Pure, but for the jitter that keeps parallel pipelines apart.
/// </summary>
internal sealed class PollingPace(Random jitter)
{
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan Steady = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan Slowest = TimeSpan.FromSeconds(30);

    // Every task runs: what is missing is ECS's word. It comes within a minute or two, or the calm is a real one.
    private static readonly TimeSpan nearTheEnd = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan nearFor = TimeSpan.FromMinutes(1);

    private TimeSpan failing;

    /// <summary>The pause after a look that got its answers.</summary>
    /// <param name="calm">How long nothing has moved.</param>
    /// <param name="isNearEnd">Whether every task that shall run does.</param>
    public TimeSpan AfterAnswer(TimeSpan calm, bool isNearEnd)
    {
        failing = TimeSpan.Zero;
        var longest = isNearEnd && calm < nearFor ? nearTheEnd : Steady;
        return Jittered(Clamp(calm / 10, Shortest, longest));
    }

    /// <summary>The pause after a look with a call that failed; each doubles, and the first whole answer resets them.</summary>
    public TimeSpan AfterFailure()
    {
        failing = Clamp(failing * 2, Steady, Slowest);
        return Jittered(failing);
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;

    private TimeSpan Jittered(TimeSpan pause) => pause * (0.8 + (0.4 * jitter.NextDouble()));
}
