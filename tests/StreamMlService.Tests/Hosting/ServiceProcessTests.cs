using System.Text.Json;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Hosting;

/// <summary>The service as ECS meets it: a process with an environment, signals, an exit code and output.</summary>
[Platform(Include = "Linux,MacOsX", Reason = "POSIX signals")]
internal sealed class ServiceProcessTests
{
    private static readonly Dictionary<string, string> AnyPort = new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_HTTP_PORTS"] = "8080" };

    [Test]
    public async Task SIGTERM_lets_an_open_stream_finish_and_exits_with_0()
    {
        using var service = ServiceProcess.Start(AnyPort);
        var address = await service.ListeningAsync();
        using var stream = await OpenStream.BeginAsync(address.Port);
        await stream.SendAsync("{\"value\":1}\n");
        await stream.ReadAsync();

        service.Stop();
        await RefusesConnectionsAsync(address);
        await stream.SendAsync("{\"value\":2}\n");
        Assert.That((await stream.ReadAsync())!.Value.GetProperty("seen").GetInt32(), Is.EqualTo(1));
        await stream.EndAsync();
        Assert.That(await stream.ReadAsync(), Is.Null);

        Assert.That(await service.ExitAsync(), Is.Zero, service.Errors);
        Assert.That(service.Errors, Is.Empty);
    }

    [Test]
    public async Task SIGTERM_ends_a_stream_whose_client_never_does()
    {
        using var service = ServiceProcess.Start(new Dictionary<string, string>(AnyPort) { ["STREAM_GRACE_SECONDS"] = "0.2" });
        using var stream = await OpenStream.BeginAsync((await service.ListeningAsync()).Port);
        service.Stop();

        Assert.That((await stream.ReadAsync())!.Value.GetProperty("error").GetString(), Is.EqualTo("stopping"));
        Assert.That(await service.ExitAsync(), Is.Zero, service.Errors);
    }

    [Test]
    public async Task Every_line_of_output_is_one_JSON_object()
    {
        using var service = ServiceProcess.Start(AnyPort);
        await service.ListeningAsync();
        service.Stop();
        await service.ExitAsync();

        var entries = service.Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(entries, Has.Count.GreaterThan(2));
        Assert.That(entries.Select(entry => entry.GetProperty("LogLevel").GetString()), Is.All.EqualTo("Information"), "nothing to warn of");
        Assert.That(entries[0].GetProperty("Timestamp").GetString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
    }

    [Test]
    public async Task Health_mode_says_0_while_the_service_answers_and_1_when_it_is_gone()
    {
        using var service = ServiceProcess.Start(AnyPort);
        var address = await service.ListeningAsync();
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = address.AbsoluteUri };

        using var healthy = ServiceProcess.Start(environment, "--health");
        Assert.That(await healthy.ExitAsync(), Is.Zero, healthy.Errors);

        service.Stop();
        await service.ExitAsync();
        using var gone = ServiceProcess.Start(environment, "--health");
        Assert.That(await gone.ExitAsync(), Is.EqualTo(1));
        Assert.That(gone.Errors, Does.StartWith("Unhealthy: "));
        Assert.That(gone.Errors, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_setting_that_cannot_be_used_ends_with_2_and_its_name()
    {
        using var service = ServiceProcess.Start(new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "https://*:8443" });
        Assert.That(await service.ExitAsync(), Is.EqualTo(2));
        Assert.That(service.Errors, Does.StartWith("ASPNETCORE_URLS holds \"https://*:8443\"").And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_port_in_use_ends_with_1_and_one_line()
    {
        await using var holder = await RunningService.StartAsync();
        var url = $"http://127.0.0.1:{holder.Port}";
        using var service = ServiceProcess.Start(new Dictionary<string, string> { ["ASPNETCORE_URLS"] = url });
        Assert.That(await service.ExitAsync(), Is.EqualTo(1));
        Assert.That(service.Errors, Does.Contain("address already in use").IgnoreCase.And.Contain(url).And.Not.Contain("   at "));
    }

    private static async Task RefusesConnectionsAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var i = 0; i < 400; i++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { ConnectionClose = true } };
                using var response = await client.SendAsync(request);
            }
            catch (HttpRequestException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        Assert.Fail("The service still accepts connections.");
    }
}
