using StreamMlService.Identity;
using StreamMlService.Models;

namespace StreamMlService.Telemetry;

/// <summary>GET /metrics, and the counting of requests that it shows.</summary>
internal static class MetricsEndpoint
{
    private static readonly HashSet<string> KnownMethods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (ServiceMetrics metrics, SeriesTable table, ProcessStart start, ServiceVersion version) =>
            Results.Text(Page(metrics.Read(), table, start, version), PrometheusText.ContentType));

    public static void UseRequestCount(this IApplicationBuilder app, ServiceMetrics metrics) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        finally
        {
            var method = KnownMethods.Contains(context.Request.Method) ? context.Request.Method : "OTHER";
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched";
            metrics.Request(new RequestKind(method, route, context.Response.StatusCode));
        }
    });

    private static string Page(MetricsSnapshot now, SeriesTable table, ProcessStart start, ServiceVersion version)
    {
        var page = new PrometheusText()
            .Family("stream_ml_build_info", "gauge", "Always 1; the label says which version runs.")
            .Sample("stream_ml_build_info", 1, ("version", version.Value))
            .Family("stream_ml_http_requests_total", "counter", "Requests answered to their end.");
        foreach (var (kind, count) in now.Requests.OrderBy(pair => pair.Key.Route, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status))
        {
            page.Sample(
                "stream_ml_http_requests_total", count,
                ("method", kind.Method), ("route", kind.Route), ("status", kind.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return page
            .Family("stream_ml_observations_total", "counter", "Observations scored.")
            .Sample("stream_ml_observations_total", now.Scored)
            .Family("stream_ml_anomalies_total", "counter", "Observations whose score reached the threshold.")
            .Sample("stream_ml_anomalies_total", now.Anomalies)
            .Family("stream_ml_rejected_lines_total", "counter", "Lines answered with an error.")
            .Sample("stream_ml_rejected_lines_total", now.Rejected)
            .Family("stream_ml_open_streams", "gauge", "Score requests that are open.")
            .Sample("stream_ml_open_streams", now.Streams)
            .Family("stream_ml_series", "gauge", "Series whose model is held.")
            .Sample("stream_ml_series", table.Count)
            .Family("stream_ml_series_forgotten_total", "counter", "Series dropped because too many were in use.")
            .Sample("stream_ml_series_forgotten_total", table.Forgotten)
            .Histogram("stream_ml_scoring_seconds", "Time to parse, score and learn one observation.", ServiceMetrics.Bounds, now.Buckets, now.Seconds)
            .Family("process_start_time_seconds", "gauge", "Start of the process, in seconds since 1970-01-01 UTC.")
            .Sample("process_start_time_seconds", start.UnixSeconds)
            .ToString();
    }
}
