using StreamMlService.Telemetry;

namespace StreamMlService.Tests.Telemetry;

internal sealed class PrometheusTextTests
{
    [Test]
    public void Families_samples_and_labels_are_written_as_the_format_wants_them()
    {
        var page = new PrometheusText().Family("a_total", "counter", "With \\ and\nbreak.").Sample("a_total", 1.5, ("x", "a\"b\\c\nd"), ("y", "")).Sample("b", double.PositiveInfinity);
        Assert.That(page.ToString(), Is.EqualTo("# HELP a_total With \\\\ and\\nbreak.\n# TYPE a_total counter\na_total{x=\"a\\\"b\\\\c\\nd\",y=\"\"} 1.5\nb +Inf\n"));
    }

    [Test]
    public void Histogram_buckets_are_summed_up_and_end_with_infinity()
    {
        var page = new PrometheusText().Histogram("t_seconds", "Time.", [0.1, 2], [3, 0, 4], 12.25).ToString();
        Assert.That(page.Split('\n')[2..^1], Is.EqualTo(new[]
        {
            "t_seconds_bucket{le=\"0.1\"} 3", "t_seconds_bucket{le=\"2\"} 3", "t_seconds_bucket{le=\"+Inf\"} 7", "t_seconds_sum 12.25", "t_seconds_count 7",
        }));
    }
}
