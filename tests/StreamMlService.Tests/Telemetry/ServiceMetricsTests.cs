using StreamMlService.Telemetry;

namespace StreamMlService.Tests.Telemetry;

internal sealed class ServiceMetricsTests
{
    [Test]
    public void A_duration_falls_into_the_first_bucket_that_holds_it()
    {
        var metrics = new ServiceMetrics();
        metrics.Scored(TimeSpan.FromMilliseconds(1), anomaly: false);
        metrics.Scored(TimeSpan.FromSeconds(1), anomaly: true);

        var now = metrics.Read();
        Assert.That(now.Buckets[ServiceMetrics.Bounds.ToList().IndexOf(0.001)], Is.EqualTo(1), "bounds are inclusive");
        Assert.That(now.Buckets[^1], Is.EqualTo(1));
        Assert.That((now.Scored, now.Anomalies, now.Seconds), Is.EqualTo((2L, 1L, 1.001)));
    }

    [Test]
    public void Threads_lose_no_count()
    {
        var metrics = new ServiceMetrics();
        Parallel.For(0, 4000, i =>
        {
            metrics.Request(new RequestKind("GET", "/", 200));
            metrics.Scored(TimeSpan.Zero, anomaly: i % 4 == 0);
            metrics.Rejected();
        });

        var now = metrics.Read();
        Assert.That((now.Requests[new RequestKind("GET", "/", 200)], now.Scored, now.Anomalies, now.Rejected), Is.EqualTo((4000L, 4000L, 1000L, 4000L)));
    }
}
