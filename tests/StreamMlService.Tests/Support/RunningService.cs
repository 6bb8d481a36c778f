using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using StreamMlService.Hosting;

namespace StreamMlService.Tests.Support;

/// <summary>The whole service in this process, on a free port of the loopback.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private RunningService(WebApplication app)
    {
        App = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()), Timeout = TimeSpan.FromSeconds(20) };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public int Port => Client.BaseAddress!.Port;

    public static async Task<RunningService> StartAsync(
        ServiceSettings? settings = null, IReadOnlyDictionary<string, string>? environment = null, TimeProvider? time = null)
    {
        var app = ServiceHost.Build(
            ["--urls=http://127.0.0.1:0"], name => environment?.GetValueOrDefault(name), settings ?? ServiceSettings.Default, time ?? TimeProvider.System);
        await app.StartAsync();
        return new RunningService(app);
    }

    public async Task<IReadOnlyList<JsonElement>> ScoreAsync(string body)
    {
        using var content = new StringContent(body);
        using var response = await Client.PostAsync("/v1/score", content);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/x-ndjson"));
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
