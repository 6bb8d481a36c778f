using System.Diagnostics.CodeAnalysis;
using System.Net;
using Slipway.LocalCloud.BaseImage;
using Slipway.LocalCloud.Runtime;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Hosting;

/// <summary>The embedded cloud, running: what Program and the tests start.</summary>
internal sealed class CloudHost : IAsyncDisposable
{
    public const string StateFile = "local-cloud.json";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly InstanceLock instanceLock;
    private readonly StateFolder state;
    private readonly TextWriter? log;

    private CloudHost(WebApplication app, InstanceLock instanceLock, StateFolder state, TextWriter? log) =>
        (this.app, this.instanceLock, this.state, this.log) = (app, instanceLock, state, log);

    public BoundPorts Ports => Services.GetRequiredService<BoundPorts>();

    public IServiceProvider Services => app.Services;

    /// <summary>Starts everything and answers when the cloud is ready; a <see cref="StartException"/> where it cannot live here.</summary>
    /// <param name="configure">Registrations over the cloud's own.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The host that is returned owns them; where it is not, the catch block gives them up.")]
    public static async Task<CloudHost> StartAsync(
        LocalCloudOptions options, Action<IServiceCollection>? configure = null, CancellationToken cancellationToken = default)
    {
        var state = new StateFolder(options.StateFolder);
        var instanceLock = InstanceLock.Take(state);
        WebApplication? app = null;
        TextWriter? log = null;
        try
        {
            using var listeners = Listeners.Bind(options);

            // Whoever starts a cloud that outlives him does not read its output for ever. Not before the lock is had: the log may be another cloud's.
            if (options.LogFile is { } path) Console.SetOut(log = LogFile.Open(path));
            app = Build(options, state, listeners, configure);
            var host = new CloudHost(app, instanceLock, state, log);
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            if (log is not null) await log.DisposeAsync();
            instanceLock.Dispose();
            throw;
        }
    }

    /// <summary>Ends when the cloud was told to stop and has stopped.</summary>
    public Task WaitAsync() => app.WaitForShutdownAsync();

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        File.Delete(Path.Combine(state.Root, StateFile));
        if (log is not null) await log.DisposeAsync();
        instanceLock.Dispose();
    }

    private static WebApplication Build(LocalCloudOptions options, StateFolder state, Listeners listeners, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(CloudHost).Assembly.GetName().Name });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "HH:mm:ss'Z' ", true));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = listeners.Take);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Layers are gigabytes, streams are quiet for minutes; each API has bounds of its own.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, listeners.Ports.Api);
            kestrel.Listen(IPAddress.Loopback, listeners.Ports.FrontDoor);
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            // The tasks need the whole limit to stop, and must not wait for connections that outlive them.
            host.ShutdownTimeout = StopLimit;
            host.ServicesStopConcurrently = true;
        });
        builder.Services.AddCloud(options, state, listeners.Ports);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapCloud();
        return app;
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Services.GetRequiredService<ContentSweep>().Run();
        Services.GetRequiredService<Seed>().Apply();
        var runtime = await Services.GetRequiredService<ITaskRuntimeSelector>().SelectAsync(cancellationToken);
        await EnsureBaseImageAsync(runtime.Name == "engine", cancellationToken);
        await app.StartAsync(cancellationToken);
        var instance = Services.GetRequiredService<Instance>();
        state.Write(StateFile, new
        {
            Pid = Environment.ProcessId,
            Port = Ports.Api,
            FrontDoorPort = Ports.FrontDoor,
            Ports.Endpoint,
            FrontDoor = Ports.FrontDoorEndpoint,
            Runtime = runtime.Name,
            Instance.Version,
            instance.StartedAt,
            Instance = instance.Id,
        });
    }

    /// <summary>Without a base image the cloud is still of use: images with a base of their own run.</summary>
    private async Task EnsureBaseImageAsync(bool full, CancellationToken cancellationToken)
    {
        try
        {
            await Services.GetRequiredService<IBaseImage>().EnsureAsync(full, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Services.GetRequiredService<ILogger<CloudHost>>().LogError("The base image dotnet/aspnet:10.0 could not be made: {Message}", error.Message);
        }
    }
}
