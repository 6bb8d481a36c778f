using Slipway.LocalCloud.Ecs.Operations;
using Slipway.LocalCloud.Ecs.Scheduling;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.FrontDoor;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Page;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Runtime;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Ecs;

/// <summary>ECS, its runtimes, the front door and the page: what the host registers and maps.</summary>
internal static class EcsModule
{
    /// <summary>Registers the ECS API, the scheduler, the runtimes and the front door.</summary>
    public static void AddEcs(this IServiceCollection services)
    {
        services.AddSingleton(Open).AddSingleton<StaleReads>();
        services.AddSingleton<ClusterOperations>().AddSingleton<TaskDefinitionOperations>().AddSingleton<ImageDigests>().AddSingleton<ServiceOperations>();
        services.AddSingleton<ServiceDeploymentOperations>().AddSingleton<TaskOperations>().AddSingleton<TagOperations>();
        services.AddSingleton<IServiceApi, EcsApi>();

        services.AddSingleton<DockerCli>().AddSingleton<ITaskRuntimeSelector, RuntimeSelector>();
        services.AddSingleton<TaskRecords>().AddSingleton<TaskPreparation>().AddSingleton<TargetProbe>().AddSingleton<AgentServices>();
        services.AddSingleton(new TargetHealthCheck());
        services.AddHostedService<Scheduler>();

        services.AddHttpForwarder();
        services.AddSingleton<TargetPool>().AddSingleton<FrontDoorProxy>();
        services.AddSingleton<StatusPage>();
    }

    /// <summary>
    /// Maps the page, the tasks' metadata and the front door. Call it before anything else that answers requests:
    /// the front door takes every request that arrives at its port.
    /// </summary>
    public static void MapEcs(this WebApplication app)
    {
        var ports = app.Services.GetRequiredService<BoundPorts>();
        var frontDoor = app.Services.GetRequiredService<FrontDoorProxy>();
        app.MapWhen(context => context.Connection.LocalPort == ports.FrontDoor, branch => branch.Run(frontDoor.HandleAsync));
        app.MapGet("/", app.Services.GetRequiredService<StatusPage>().HandleAsync);
        MetadataEndpoints.Map(app, app.Services.GetRequiredService<EcsState>());
    }

    private static EcsState Open(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var state = new EcsState(services.GetRequiredService<StateFolder>());
        state.Update(snapshot => Restart.MarkLost(FirstService.Into(snapshot, services.GetRequiredService<BoundPorts>(), now), now));
        state.Save();
        return state;
    }
}
