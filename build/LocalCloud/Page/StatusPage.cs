using System.Security.Cryptography;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Page;

/// <summary>The page at "/": the console that a laptop does not have.</summary>
internal sealed class StatusPage(EcsState state, ILogReader logs, BoundPorts ports, ITaskRuntimeSelector runtimes, TimeProvider time)
{
    private const int LogLines = 40;

    public async Task HandleAsync(HttpContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var runtime = await runtimes.SelectAsync(context.RequestAborted);
        await context.Response.WriteAsync(Render(runtime, nonce).ToString(), context.RequestAborted);
    }

    private Html Render(ITaskRuntime runtime, string nonce)
    {
        var snapshot = state.Current;
        var now = time.GetUtcNow();
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>LocalCloud</title>
            <noscript><meta http-equiv="refresh" content="5"></noscript>
            <style nonce="{nonce}">{Html.Trusted(PageStyle.Css)}</style>
            </head>
            <body>
            <main>
            <h1>LocalCloud</h1>
            <p>Account {Account.Id}, region {Account.Region}, endpoint <code>{ports.Endpoint}</code>,
            front door <a href="{ports.FrontDoorEndpoint}">{ports.FrontDoorEndpoint}</a></p>
            <p>Tasks run with the {runtime.Name} runtime: {runtime.Note}</p>
            {snapshot.Clusters.Values.Where(cluster => cluster.Status == Ecs.Model.Cluster.Active).Select(cluster => Cluster(snapshot, cluster, now))}
            </main>
            <script nonce="{nonce}">{Html.Trusted(PageStyle.Script)}</script>
            </body>
            </html>

            """);
    }

    private Html Cluster(EcsSnapshot snapshot, Cluster cluster, DateTimeOffset now)
    {
        var services = snapshot.Services.Values.Where(service => service.ClusterArn == cluster.Arn && service.Status != Service.Inactive);
        var alone = snapshot.Tasks.Values.Where(task => task.ClusterArn == cluster.Arn && task.ServiceArn is null).ToList();
        return Html.Of($"""
            <h2>Cluster {cluster.Name} <small>{cluster.Status}</small></h2>
            {services.Select(service => ServiceSection.Render(service, [.. snapshot.TasksOf(service)], now))}
            {(alone.Count == 0 ? Html.Empty : Html.Of($"<h3>Tasks on their own</h3>{ServiceSection.Tasks(alone, now)}"))}
            {services.SelectMany(service => Groups(snapshot, service)).Distinct(StringComparer.Ordinal).Select(Log)}
            """);
    }

    private Html Log(string group)
    {
        var lines = logs.Tail(group, LogLines);
        return Html.Of($"""
            <h3>Last lines of {group}</h3>
            {(lines.Count == 0 ? Html.Of($"<p class=\"none\">Nothing was written yet.</p>") : Html.Of($"<pre>{lines.Select(Line)}</pre>"))}
            """);
    }

    private static Html Line(LogLine line) => Html.Of($"{line.Time:HH:mm:ss} {line.Stream[(line.Stream.LastIndexOf('/') + 1)..].PadRight(8)[..8]} {line.Message}\n");

    private static IEnumerable<string> Groups(EcsSnapshot snapshot, Service service) =>
        service.Primary is { } primary && snapshot.TaskDefinitions.TryGetValue(primary.TaskDefinitionArn, out var definition)
            ? ContainerDefinition.All(definition.Document).Select(container => container.Logs?.Group).OfType<string>()
            : [];
}
