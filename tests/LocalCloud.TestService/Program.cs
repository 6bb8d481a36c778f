// A service whose behaviour its environment chooses: what LocalCloud's tests deploy.
using System.Globalization;
using Slipway.LocalCloud.TestService;

if (args.Contains("--health")) return await Trouble.HealthAsync();

var exitCode = Environment.GetEnvironmentVariable("TEST_EXIT_CODE");
if (exitCode is not null)
{
    Console.WriteLine($"leaving with {exitCode}");
    return int.Parse(exitCode, CultureInfo.InvariantCulture);
}

if (Environment.GetEnvironmentVariable("TEST_MEMORY_MIB") is { } mebibytes) Trouble.TakeMemory(int.Parse(mebibytes, CultureInfo.InvariantCulture));
if (Environment.GetEnvironmentVariable("TEST_IGNORES_SIGTERM") is not null) await Trouble.IgnoreSignalsAsync();

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MaxRequestBodySize) = (null, null));
await using var app = builder.Build();
var health = int.Parse(Environment.GetEnvironmentVariable("TEST_HEALTH_STATUS") ?? "200", CultureInfo.InvariantCulture);
app.MapGet("/health", () => Results.StatusCode(health));
app.MapGet("/", () => Environment.GetEnvironmentVariable("TEST_VERSION") ?? "none");
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapGet("/headers/{name}", (HttpRequest request, string name) => request.Headers[name].ToString());
app.MapGet("/slow", async (int milliseconds, CancellationToken cancellationToken) =>
{
    await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellationToken);
    return "done";
});
app.MapGet("/exit", () => Environment.FailFast("told to"));
app.MapPost("/length", async (HttpRequest request) =>
{
    using var content = new MemoryStream();
    await request.Body.CopyToAsync(content);
    return content.Length;
});
app.MapPost("/echo", async context =>
{
    using var reader = new StreamReader(context.Request.Body);
    while (await reader.ReadLineAsync(context.RequestAborted) is { } line)
    {
        await context.Response.WriteAsync($"{line}!\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
});
app.UseWebSockets();
app.Map("/socket", async context =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[1024];
    var message = await socket.ReceiveAsync(buffer, context.RequestAborted);
    await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
    await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
});

Console.WriteLine($"listening as {Environment.GetEnvironmentVariable("TEST_VERSION")}");
app.Lifetime.ApplicationStopping.Register(() => Console.WriteLine("stopping"));
await app.RunAsync();
return 0;
