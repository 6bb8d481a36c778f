using Slipway.Deployment.Rollouts.Timing;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Timing;

public sealed class TimingAdviceTests
{
    [TestCase("health check", 94, "health check 94 s of 130 s: interval 30 s × 3 until a check succeeded; an interval of 10 s would see it up to 20 s earlier")]
    [TestCase("image pull", 60, "image pull 60 s of 130 s: the time of the image's download and unpacking; a smaller image, or layers that change rarely, take less")]
    [TestCase("load balancer", 90, "load balancer 90 s of 130 s: the target group's HealthCheckIntervalSeconds × HealthyThresholdCount (30 s × 5 unless they are set); 10 s × 2 would take about 20 s")]
    [TestCase("waiting for earlier tasks", 100, "waiting for earlier tasks 100 s of 130 s: minimumHealthyPercent 100 and maximumPercent 125 replace 1 of 4 tasks at a time; maximumPercent 200 would replace all at once")]
    public void The_figures_come_before_the_advice(string part, double seconds, string advice) =>
        Assert.That(Of(part, seconds, new HealthCheckTimes(30, 3, 0)), Is.EqualTo(new[] { advice }));

    [Test]
    public void Draining_is_told_with_its_setting() =>
        Assert.That(Of("draining", 120, null).Single(), Does.StartWith("draining 120 s of 130 s: ").And.Contain("deregistration_delay.timeout_seconds"));

    [TestCase("health check", 19, 30)]
    [TestCase("health check", 94, 10)]
    [TestCase("provisioning", 94, 30)]
    [TestCase("container start", 94, 30)]
    public void Where_no_setting_would_change_much_nothing_is_advised(string part, double seconds, int interval) =>
        Assert.That(Of(part, seconds, new HealthCheckTimes(interval, 3, 0)), Is.Empty);

    [Test]
    public void A_health_check_that_is_not_known_is_no_reason_for_advice() => Assert.That(Of("health check", 94, null), Is.Empty);

    [TestCase("""{ "family": "web", "containerDefinitions": [{ "name": "web", "healthCheck": { "command": ["CMD", "x"] } }] }""", 30, 3, 0)]
    [TestCase("""{ "family": "web", "containerDefinitions": [{ "name": "a", "essential": false, "healthCheck": { "interval": 99 } }, { "name": "web", "healthCheck": { "interval": 15, "retries": 5, "startPeriod": 20 } }] }""", 15, 5, 20)]
    public void The_times_of_the_health_check_are_read_from_the_task_definition(string json, int interval, int retries, int startPeriod) =>
        Assert.That(HealthCheckTimes.Of(new LiveTaskDefinition(NewRevision, json)), Is.EqualTo(new HealthCheckTimes(interval, retries, startPeriod)));

    [Test]
    public void A_task_definition_without_health_check_has_no_times() =>
        Assert.That(HealthCheckTimes.Of(new LiveTaskDefinition(NewRevision, """{ "family": "web", "containerDefinitions": [{ "name": "web" }] }""")), Is.Null);

    private static IReadOnlyList<string> Of(string part, double seconds, HealthCheckTimes? health)
    {
        var ours = Rollout(desired: 4, running: 4);
        var service = Service(ours) with { MinimumHealthyPercent = 100, MaximumPercent = 125 };
        return TimingAdvice.Of(new RolloutTiming(130, "task", [new TimingPart(part, seconds)], 130 - seconds, [], []), service, ours, health);
    }
}
