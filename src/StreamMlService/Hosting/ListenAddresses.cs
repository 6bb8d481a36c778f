using System.Globalization;
using System.Net;

namespace StreamMlService.Hosting;

/// <summary>
/// Where the service listens, decided in one place for the server and for the health probe.
/// Order: <c>--urls</c>, ASPNETCORE_URLS, URLS, ASPNETCORE_HTTP_PORTS, HTTP_PORTS, then every address on port 8000.
/// </summary>
public static class ListenAddresses
{
    public const int DefaultPort = 8000;

    /// <summary>The addresses as Kestrel takes them; a value that cannot be used is a <see cref="SettingsException"/>.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var urls = FromArguments(arguments) ?? First(environment, "ASPNETCORE_URLS", "URLS");
        if (urls is not null) return [.. Split(urls.Value.Value).Select(url => Checked(urls.Value.Name, url))];

        var ports = First(environment, "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS");
        if (ports is not null) return [.. Split(ports.Value.Value).Select(port => FromPort(ports.Value.Name, port))];

        return [$"http://*:{DefaultPort}"];
    }

    /// <summary>The URL under which the service answers from inside its own container: loopback where the address is a wildcard.</summary>
    public static Uri Probe(string address, string path)
    {
        var binding = BindingAddress.Parse(address);
        if (binding.Port == 0) throw new SettingsException($"\"{address}\" lets the system choose the port, so nobody else can know it. Try: a fixed port.");
        var host = IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
            ? binding.Host
            : "127.0.0.1";
        return new Uri($"http://{host}:{binding.Port.ToString(CultureInfo.InvariantCulture)}{binding.PathBase}{path}");
    }

    private static (string Name, string Value)? FromArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].StartsWith("--urls=", StringComparison.Ordinal)) return ("--urls", arguments[i]["--urls=".Length..]);
            if (arguments[i] == "--urls" && i + 1 < arguments.Count) return ("--urls", arguments[i + 1]);
        }

        return null;
    }

    private static (string Name, string Value)? First(Func<string, string?> environment, params string[] names)
    {
        foreach (var name in names)
        {
            if (environment(name) is { } value && !string.IsNullOrWhiteSpace(value)) return (name, value);
        }

        return null;
    }

    private static string[] Split(string value) => value.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string FromPort(string name, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort
            ? $"http://*:{number.ToString(CultureInfo.InvariantCulture)}"
            : throw new SettingsException($"{name} holds \"{port}\", which is not a port. Try: {name}=8000.");

    private static string Checked(string name, string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new SettingsException($"{name} holds \"{url}\", which is not a URL to listen on. Try: {name}=http://*:8000.");
        }

        if (address.IsUnixPipe || address.IsNamedPipe || !string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase))
            throw new SettingsException($"{name} holds \"{url}\": this service speaks plain http, TLS ends at the load balancer. Try: {name}=http://*:8000.");
        if (address.Port > IPEndPoint.MaxPort) throw new SettingsException($"{name} holds \"{url}\", whose port is above {IPEndPoint.MaxPort}.");
        return url;
    }
}
