using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>
/// Turns single checks into a verdict. Failures before the first success do not count during the allowance (a container's start
/// period, a service's grace period), and checks come quickly then: a person waits. Docker checks at the interval from the start;
/// the verdict is the same, only a success comes sooner.
/// </summary>
internal sealed class HealthTracker(TimeSpan allowance, int retries, TimeSpan quick, TimeSpan interval)
{
    private bool wasHealthy;
    private int failures;

    /// <summary>
    /// That of a container. Docker's first check comes when one interval is over, so that what fails before it is a service that starts, not one
    /// that is broken.
    /// </summary>
    public static HealthTracker Of(ContainerHealthCheck check, TimeSpan quick) =>
        new(check.StartPeriod > check.Interval ? check.StartPeriod : check.Interval, check.Retries, quick, check.Interval);

    public string Verdict { get; private set; } = EcsTask.UnknownHealth;

    /// <summary>Takes a check's result and the time since the start.</summary>
    public void Observe(bool passed, TimeSpan sinceStart)
    {
        if (passed)
        {
            (wasHealthy, failures, Verdict) = (true, 0, EcsTask.Healthy);
            return;
        }

        if (!wasHealthy && sinceStart < allowance) return;
        if (++failures >= retries) Verdict = EcsTask.Unhealthy;
    }

    /// <summary>How long to wait before the next check.</summary>
    public TimeSpan Delay(TimeSpan sinceStart) => !wasHealthy && sinceStart < allowance && quick < interval ? quick : interval;
}
