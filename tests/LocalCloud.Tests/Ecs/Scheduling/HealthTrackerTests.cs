using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Scheduling;

namespace Slipway.LocalCloud.Tests.Ecs.Scheduling;

internal sealed class HealthTrackerTests
{
    private static HealthTracker New() => new(Seconds(10), retries: 3, quick: Seconds(1), interval: Seconds(30));

    [Test]
    public void It_is_unknown_until_the_first_success()
    {
        var tracker = New();
        tracker.Observe(false, Seconds(0));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.UnknownHealth));
        tracker.Observe(true, Seconds(1));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.Healthy));
    }

    [Test]
    public void Failures_of_the_start_period_do_not_count()
    {
        var tracker = New();
        for (var second = 0; second < 10; second++) tracker.Observe(false, Seconds(second));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.UnknownHealth));
        for (var i = 0; i < 3; i++) tracker.Observe(false, Seconds(10 + i));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.Unhealthy));
    }

    [TestCase(0, 5)]
    [TestCase(20, 20)]
    public void A_container_that_starts_has_one_interval_before_a_failure_counts(double startPeriod, double counts)
    {
        var tracker = HealthTracker.Of(new ContainerHealthCheck(["/health"], Seconds(5), Seconds(2), Retries: 1, Seconds(startPeriod)), Seconds(1));
        for (var second = 0; second < counts; second++) tracker.Observe(false, Seconds(second));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.UnknownHealth));
        tracker.Observe(false, Seconds(counts));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.Unhealthy));
    }

    [Test]
    public void After_a_success_failures_count_even_in_the_start_period()
    {
        var tracker = New();
        tracker.Observe(true, Seconds(1));
        tracker.Observe(false, Seconds(2));
        tracker.Observe(false, Seconds(3));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.Healthy));
        tracker.Observe(false, Seconds(4));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.Unhealthy));
    }

    [Test]
    public void A_success_between_failures_starts_the_count_anew()
    {
        var tracker = New();
        foreach (var passed in (bool[])[true, false, false, true, false, false]) tracker.Observe(passed, Seconds(20));
        Assert.That(tracker.Verdict, Is.EqualTo(EcsTask.Healthy));
    }

    [Test]
    public void Checks_come_quickly_until_the_first_success_and_then_at_the_interval()
    {
        var tracker = New();
        Assert.That(tracker.Delay(Seconds(2)), Is.EqualTo(Seconds(1)));
        Assert.That(tracker.Delay(Seconds(12)), Is.EqualTo(Seconds(30)));
        tracker.Observe(true, Seconds(3));
        Assert.That(tracker.Delay(Seconds(3)), Is.EqualTo(Seconds(30)));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
