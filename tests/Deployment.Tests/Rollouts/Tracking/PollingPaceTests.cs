using Slipway.Deployment.Rollouts.Tracking;

namespace Slipway.Deployment.Tests.Rollouts.Tracking;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PollingPaceTests
{
    private readonly PollingPace pace = new(new Middle());

    [TestCase(0, false, 0.5)]
    [TestCase(4, false, 0.5)]
    [TestCase(20, false, 2)]
    [TestCase(600, false, 5)]
    [TestCase(20, true, 1)]
    [TestCase(59, true, 1)]
    [TestCase(600, true, 5)]
    public void A_pause_is_a_tenth_of_the_calm_before_it(int calm, bool isNearEnd, double pause)
    {
        Assert.That(pace.AfterAnswer(TimeSpan.FromSeconds(calm), isNearEnd).TotalSeconds, Is.EqualTo(pause).Within(0.001));
    }

    [Test]
    public void Each_failure_doubles_the_pause_and_an_answer_resets_it()
    {
        var failures = Enumerable.Range(0, 5).Select(_ => pace.AfterFailure().TotalSeconds).ToList();
        var answered = pace.AfterAnswer(TimeSpan.Zero, false).TotalSeconds;
        var again = pace.AfterFailure().TotalSeconds;

        Assert.That(failures, Is.EqualTo(new[] { 5, 10, 20, 30, 30.0 }).Within(0.001));
        Assert.That((answered, again), Is.EqualTo((0.5, 5.0)));
    }

    [Test]
    public void A_long_calm_costs_few_looks()
    {
        var (waited, looks) = (TimeSpan.FromMinutes(2), 0);
        for (var end = waited + TimeSpan.FromMinutes(1); waited < end; looks++) waited += pace.AfterAnswer(waited, false);

        Assert.That(looks, Is.EqualTo(12));
    }

    [Test]
    public void Jitter_keeps_pipelines_apart_and_stays_within_a_fifth()
    {
        var pauses = Enumerable.Range(0, 50)
            .Select(seed => new PollingPace(new Random(seed)).AfterAnswer(TimeSpan.FromMinutes(5), false).TotalSeconds).ToList();

        Assert.That(pauses, Is.Unique.And.All.InRange(4.0, 6.0));
    }
}
