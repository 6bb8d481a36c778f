using System.Text.RegularExpressions;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Telemetry;

internal sealed partial class MetricsEndpointTests
{
    [Test]
    public async Task Page_counts_what_happened_and_every_line_has_the_form_of_the_format()
    {
        await using var service = await RunningService.StartAsync();
        await service.ScoreAsync("{\"value\":1}\n{\"value\":2}\nbad\n");
        using (await service.Client.GetAsync("/nowhere/../else?x=1")) { }
        using var odd = new HttpRequestMessage(new HttpMethod("BREW"), "/health");
        using (await service.Client.SendAsync(odd)) { }

        using var response = await service.Client.GetAsync("/metrics");
        var page = await response.Content.ReadAsStringAsync();

        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        Assert.That(page, Does.EndWith("\n"));
        Assert.That(page.Split('\n')[..^1], Is.All.Matches<string>(line => line is not null && (Comment().IsMatch(line) || Sample().IsMatch(line))));
        Assert.That(page, Does.Contain("stream_ml_http_requests_total{method=\"POST\",route=\"/v1/score\",status=\"200\"} 1\n"));
        Assert.That(page, Does.Contain("stream_ml_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 1\n"));
        Assert.That(page, Does.Contain("method=\"OTHER\""));
        Assert.That(page, Does.Contain("stream_ml_observations_total 2\n").And.Contain("stream_ml_rejected_lines_total 1\n"));
        Assert.That(page, Does.Contain("stream_ml_scoring_seconds_bucket{le=\"+Inf\"} 2\n").And.Contain("stream_ml_scoring_seconds_count 2\n"));
        Assert.That(page, Does.Contain("stream_ml_series 1\n"));
    }

    [Test]
    public async Task Start_time_lies_between_the_boot_of_the_tests_and_now()
    {
        await using var service = await RunningService.StartAsync();
        var started = await Metrics.ReadAsync(service.Client, "process_start_time_seconds");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.That(started, Is.GreaterThan(now - 86_400).And.LessThanOrEqualTo(now + 1));
    }

    [GeneratedRegex("^# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (\+Inf|[0-9.eE+-]+)$""")]
    private static partial Regex Sample();
}
