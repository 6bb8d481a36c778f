using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using StreamMlService.Hosting;
using StreamMlService.Telemetry;

namespace StreamMlService.Scoring;

/// <summary>POST /v1/score: NDJSON in, NDJSON out, while the request is open.</summary>
internal static class ScoreEndpoint
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    public static void MapScore(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/score", RunAsync);

    private static async Task RunAsync(
        HttpContext context, ScoreStream stream, StreamDrain drain, ServiceSettings settings, ServiceMetrics metrics, TimeProvider time)
    {
        AllowLongStreams(context.Features);
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        using var closing = new StreamClosing(settings.Idle, time, drain.GraceIsOver);
        metrics.StreamOpened();
        try
        {
            // The head goes out at once: a client that waits for it before it sends must not wait for ever.
            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            await stream.RunAsync(context.Request.BodyReader, context.Response.BodyWriter, closing, context.RequestAborted);
            if (closing.Reason is not null) await LeaveAsync(context, time);
        }
        catch (Exception exception) when (IsClientGone(exception, context))
        {
            context.Abort();
        }
        finally
        {
            metrics.StreamClosed();
        }
    }

    /// <summary>
    /// Ends a request that its client has not ended. The client gets a moment to read the last line and go: an abort at once could
    /// overtake the line, and Kestrel alone would wait for the rest of the request until the shutdown timeout.
    /// </summary>
    private static async Task LeaveAsync(HttpContext context, TimeProvider time)
    {
        await context.Response.CompleteAsync();
        using var bound = new CancellationTokenSource(Farewell, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, context.RequestAborted);
        try
        {
            while (await context.Request.BodyReader.ReadAsync(either.Token) is { IsCompleted: false } read) context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static void AllowLongStreams(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        // A sensor may be quiet for longer than Kestrel's five seconds; the idle limit is the service's own. A client that does not
        // read its answers still falls under Kestrel's least response rate.
        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static bool IsClientGone(Exception exception, HttpContext context) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException or BadHttpRequestException => true,
        OperationCanceledException or IOException => context.RequestAborted.IsCancellationRequested,
        _ => false,
    };
}
