namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>
/// How long to wait between two looks: quick at first, because small services are up in seconds; slower then; much
/// slower while the service asks for fewer calls. Pure, but for the jitter that keeps parallel pipelines apart.
/// </summary>
internal sealed class PollingPace(Random jitter)
{
    internal static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan Steady = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan Slowest = TimeSpan.FromSeconds(30);

    private const double Growth = 1.5;
    private TimeSpan current = First;

    /// <summary>The pause after a look that got an answer.</summary>
    public TimeSpan AfterAnswer()
    {
        var pause = Shorter(current, Steady);
        current = Shorter(pause * Growth, Steady);
        return Jittered(pause);
    }

    /// <summary>The pause after a look that failed; each doubles, and the first answer resets them.</summary>
    public TimeSpan AfterFailure()
    {
        current = Shorter((current < Steady ? Steady : current) * 2, Slowest);
        return Jittered(current);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private TimeSpan Jittered(TimeSpan pause) => pause * (0.8 + (0.4 * jitter.NextDouble()));
}
