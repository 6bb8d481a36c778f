using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using StreamMlService.Hosting;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Hosting;

internal sealed class HealthTests
{
    [Test]
    public async Task Service_is_healthy_until_it_stops()
    {
        await using var service = await RunningService.StartAsync();
        Assert.That(await service.Client.GetStringAsync(new Uri("/health", UriKind.Relative)), Is.EqualTo("{\"status\":\"ok\"}"));

        service.App.Lifetime.StopApplication();
        using var response = await service.Client.GetAsync("/health");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task Probe_is_content_with_200()
    {
        await using var service = await RunningService.StartAsync();
        using var errors = new StringWriter();
        Assert.That(await Probe(service.Client.BaseAddress!.AbsoluteUri, errors), Is.Zero);
        Assert.That(errors.ToString(), Is.Empty);
    }

    [Test]
    public async Task Probe_refuses_any_other_answer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/health", () => Results.StatusCode(503));
        await app.StartAsync();
        using var errors = new StringWriter();

        Assert.That(await Probe(app.Urls.Single(), errors), Is.EqualTo(1));
        Assert.That(errors.ToString(), Does.Contain("answered 503"));
    }

    private static Task<int> Probe(string url, TextWriter errors) =>
        HealthProbe.RunAsync([], name => name == "ASPNETCORE_URLS" ? url : null, errors, CancellationToken.None);
}
