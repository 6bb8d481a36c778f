using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using StreamMlService.Identity;
using StreamMlService.Models;
using StreamMlService.Scoring;
using StreamMlService.Telemetry;

namespace StreamMlService.Hosting;

/// <summary>Puts the service together and runs it until it is told to stop.</summary>
internal static class ServiceHost
{
    public const int InvalidSettings = 2;

    /// <summary>0 after a stop that was asked for, 1 where the service cannot start or fails, 2 for a setting that it cannot use.</summary>
    public static async Task<int> RunAsync(string[] arguments, Func<string, string?> environment, TextWriter errors)
    {
        WebApplication app;
        try
        {
            app = Build(arguments, environment, ServiceSettings.Read(environment), TimeProvider.System);
        }
        catch (SettingsException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return InvalidSettings;
        }

        await using (app)
        {
            try
            {
                await app.RunAsync();
                return 0;
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // The shutdown timeout cut off what was still open: the stop itself was asked for.
                return 0;
            }
            catch (IOException exception)
            {
                // The host has logged it (an address in use, mostly) as one JSON line; a stack on stderr would only repeat it.
                await errors.WriteLineAsync($"{exception.Message} Try: another address in ASPNETCORE_URLS.");
                return 1;
            }
        }
    }

    public static WebApplication Build(string[] arguments, Func<string, string?> environment, ServiceSettings settings, TimeProvider time)
    {
        var addresses = ListenAddresses.Read(arguments, environment);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = arguments,
            // Where the program is, not where somebody started it: no foreign appsettings.json.
            ContentRootPath = AppContext.BaseDirectory,
        });
        // One decision, made above: Kestrel warns at each start where a base image's ports and our URLs are both set.
        builder.WebHost.UseUrls([.. addresses]).UseSetting(WebHostDefaults.HttpPortsKey, string.Empty).UseSetting(WebHostDefaults.HttpsPortsKey, string.Empty);
        builder.WebHost.ConfigureKestrel(ConfigureServer);
        ConfigureLogging(builder.Logging);
        AddServices(builder.Services, environment, settings, time);

        var app = builder.Build();
        app.UseRequestCount(app.Services.GetRequiredService<ServiceMetrics>());
        app.MapIdentity();
        app.MapHealth();
        app.MapMetrics();
        app.MapScore();
        return app;
    }

    private static void ConfigureServer(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Together they bound what open streams can hold, in a task of 512 MB; a buffer has room for two lines of the longest kind and more.
        kestrel.Limits.MaxConcurrentConnections = 1000;
        kestrel.Limits.MaxRequestBufferSize = 4 * ScoringLimits.Default.LineBytes;
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(console =>
        {
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.UseUtcTimestamp = true;
        });
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }

    private static void AddServices(IServiceCollection services, Func<string, string?> environment, ServiceSettings settings, TimeProvider time)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ServiceSettings.ShutdownTimeout);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);
        services.AddSingleton(time);
        services.AddSingleton(settings);
        services.AddSingleton(ServiceVersion.Current);
        services.AddSingleton(new ProcessStart(Process.GetCurrentProcess().StartTime));
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton(new SeriesTable(settings.Limits.Series, settings.Memory));
        services.AddSingleton<StreamDrain>();
        services.AddSingleton(provider => new ScoreStream(
            provider.GetRequiredService<SeriesTable>(), settings.Limits, settings.Threshold,
            provider.GetRequiredService<ServiceMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TaskMetadata(
            new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { MaxResponseContentBufferSize = TaskMetadata.MostBytes },
            environment, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TaskMetadata>>()));
    }
}
