using StreamMlService.Hosting;

namespace StreamMlService.Tests.Hosting;

internal sealed class ListenAddressesTests
{
    [TestCase("", "http://*:8000")]
    [TestCase("ASPNETCORE_HTTP_PORTS=8080", "http://*:8080")]
    [TestCase("ASPNETCORE_HTTP_PORTS=8080;ASPNETCORE_URLS=http://127.8.9.10:8000", "http://127.8.9.10:8000")]
    [TestCase("HTTP_PORTS=1,2", "http://*:1 http://*:2")]
    [TestCase("ASPNETCORE_URLS= ;URLS=http://+:7", "http://+:7")]
    [TestCase("ASPNETCORE_URLS=http://+:1,http://[::1]:2", "http://+:1 http://[::1]:2")]
    public void Addresses_come_from_the_environment_in_a_fixed_order(string environment, string expected) =>
        Assert.That(string.Join(' ', ListenAddresses.Read([], Environment(environment))), Is.EqualTo(expected));

    [Test]
    public void Command_line_wins([Values("--urls=http://*:9", "--urls http://*:9")] string arguments) =>
        Assert.That(ListenAddresses.Read(arguments.Split(' '), Environment("ASPNETCORE_URLS=http://*:1")), Is.EqualTo(new[] { "http://*:9" }));

    [TestCase("ASPNETCORE_URLS=https://*:8443")]
    [TestCase("ASPNETCORE_URLS=8000")]
    [TestCase("ASPNETCORE_URLS=http://*:99999")]
    [TestCase("ASPNETCORE_URLS=http://unix:/run/x.sock")]
    [TestCase("ASPNETCORE_HTTP_PORTS=eighty")]
    [TestCase("ASPNETCORE_HTTP_PORTS=70000")]
    public void What_cannot_be_listened_on_is_refused_by_name(string environment)
    {
        var refusal = Assert.Throws<SettingsException>(() => ListenAddresses.Read([], Environment(environment)))!;
        Assert.That(refusal.Message, Does.Contain(environment.Split('=')[0]).And.Contain(environment.Split('=')[1]));
    }

    [TestCase("http://*:8000", "http://127.0.0.1:8000/health")]
    [TestCase("http://+:8000", "http://127.0.0.1:8000/health")]
    [TestCase("http://0.0.0.0:81", "http://127.0.0.1:81/health")]
    [TestCase("http://[::]:81", "http://127.0.0.1:81/health")]
    [TestCase("http://[::1]:81", "http://[::1]:81/health")]
    [TestCase("http://127.8.9.10:8000", "http://127.8.9.10:8000/health")]
    [TestCase("http://localhost:8000", "http://127.0.0.1:8000/health")]
    [TestCase("http://any.name:8000/", "http://127.0.0.1:8000/health")]
    public void Probe_asks_at_the_address_itself_or_at_loopback(string address, string expected) =>
        Assert.That(ListenAddresses.Probe(address, "/health").AbsoluteUri, Is.EqualTo(expected.Replace(":80/", "/", StringComparison.Ordinal)));

    [Test]
    public void A_port_that_the_system_chooses_cannot_be_probed() =>
        Assert.That(() => ListenAddresses.Probe("http://127.0.0.1:0", "/health"), Throws.TypeOf<SettingsException>());

    private static Func<string, string?> Environment(string text)
    {
        var values = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return values.GetValueOrDefault;
    }
}
