namespace StreamMlService.Hosting;

/// <summary>The answer of GET /health.</summary>
public sealed record Health(string Status);

/// <summary>GET /health: 200 while the service takes requests, 503 once it is stopping, so that a load balancer sends nothing more on open connections.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", (IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.IsCancellationRequested
            ? Results.Json(new Health("stopping"), statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new Health("ok")));
}
