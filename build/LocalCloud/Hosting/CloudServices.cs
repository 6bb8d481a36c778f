using Slipway.LocalCloud.BaseImage;
using Slipway.LocalCloud.Ecr;
using Slipway.LocalCloud.Ecs;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Logs;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Registry;
using Slipway.LocalCloud.State;
using Slipway.LocalCloud.Sts;

namespace Slipway.LocalCloud.Hosting;

/// <summary>Which parts the cloud has, and which requests go where.</summary>
internal static class CloudServices
{
    public static void AddCloud(this IServiceCollection services, LocalCloudOptions options, StateFolder state, BoundPorts ports)
    {
        services.AddSingleton(options).AddSingleton(state).AddSingleton(ports).AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Instance.Open(state, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FaultPlan>().AddSingleton<CallJournal>().AddSingleton<CallGate>().AddSingleton<ControlApi>().AddSingleton<Seed>().AddSingleton<ContentSweep>();

        services.AddSingleton<Identities>().AddSingleton<SignatureVerifier>().AddSingleton<ApiDispatcher>().AddSingleton<StsApi>();
        services.AddSingleton<RepositoryStore>().AddSingleton<BlobStore>().AddSingleton<RegistryTokens>().AddSingleton<IImageStore, ImageStore>();
        services.AddSingleton<IRegistryPlace>(provider => options is { Registry: { } registry, RegistryLogin: { } login }
            ? ActivatorUtilities.CreateInstance<ExternalRegistry>(provider, registry, login)
            : ActivatorUtilities.CreateInstance<OwnRegistry>(provider));
        services.AddSingleton<RegistryAuth>().AddSingleton<RegistryApi>().AddSingleton<ManifestHandler>().AddSingleton<BlobHandler>().AddSingleton<UploadHandler>();
        services.AddSingleton<EcrRepositories>().AddSingleton<EcrImages>().AddSingleton<IServiceApi, EcrApi>();

        services.AddSingleton(new LogBounds()).AddSingleton<LogStore>();
        services.AddSingleton<ILogSink>(provider => provider.GetRequiredService<LogStore>());
        services.AddSingleton<ILogReader>(provider => provider.GetRequiredService<LogStore>());
        services.AddSingleton<LogGroupOperations>().AddSingleton<LogEventOperations>().AddSingleton<IServiceApi, LogsApi>();

        services.AddEcs();
        BaseImageModule.AddBaseImage(services);
    }

    public static void MapCloud(this WebApplication app)
    {
        // First: it takes all that arrives at the front door's port.
        app.MapEcs();
        app.Use(GuardAsync);
        app.UseRouting();
        app.Services.GetRequiredService<ControlApi>().Map(app);
        app.MapGet(RegistryAuth.TokenPath, app.Services.GetRequiredService<RegistryAuth>().TokenAsync);
        app.MapPost("/", app.Services.GetRequiredService<ApiDispatcher>().HandleAsync);
        app.Map("/v2/{**path}", app.Services.GetRequiredService<RegistryApi>().HandleAsync);
    }

    /// <summary>Refuses foreign web pages, and ends requests that their clients broke off or garbled without a word about a bug.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (!LoopbackGuard.Allows(context.Request))
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("LocalCloud answers programs on this machine only, by a loopback address.", context.RequestAborted);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = error.StatusCode;
        }
        catch (Exception error) when (context.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }
}
