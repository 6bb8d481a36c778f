using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Tests.Support;

/// <summary>The whole embedded cloud in this process, on free ports and a state folder of its own.</summary>
internal sealed class LocalCloudHost : IAsyncDisposable
{
    private readonly Action<IServiceCollection>? configure;
    private readonly string runtime;
    private CloudHost host;

    private LocalCloudHost(CloudHost host, string stateFolder, string runtime, Action<IServiceCollection>? configure)
    {
        this.host = host;
        this.configure = configure;
        this.runtime = runtime;
        StateFolder = stateFolder;
        Http = NewClient(host);
    }

    public string StateFolder { get; }

    public BoundPorts Ports => host.Ports;

    public IServiceProvider Services => host.Services;

    /// <summary>A client whose base address is the API's.</summary>
    public HttpClient Http { get; private set; }

    /// <summary>The user's signature over whatever is sent.</summary>
    public SignedClient Signed => new(Http);

    public static async Task<LocalCloudHost> StartAsync(string runtime = "process", Action<IServiceCollection>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-local-cloud-").FullName;
        return new LocalCloudHost(await CloudHost.StartAsync(new LocalCloudOptions(0, 0, folder, runtime), configure), folder, runtime, configure);
    }

    /// <summary>Stops the cloud and starts it again on the same state, on other ports.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
        host = await CloudHost.StartAsync(new LocalCloudOptions(0, 0, StateFolder, runtime), configure);
        Http = NewClient(host);
    }

    /// <summary>A client that is logged in to the registry.</summary>
    public HttpClient LoggedIn()
    {
        var client = NewClient(host);
        client.DefaultRequestHeaders.Authorization = BasicLogin.Header(Services.GetRequiredService<RegistryTokens>().Issue().Password);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
        Directory.Delete(StateFolder, recursive: true);
    }

    private static HttpClient NewClient(CloudHost host) => new() { BaseAddress = new Uri(host.Ports.Endpoint), Timeout = TimeSpan.FromMinutes(1) };
}
