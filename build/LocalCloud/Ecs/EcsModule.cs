namespace Slipway.LocalCloud.Ecs;

/// <summary>ECS, its runtimes, the front door and the page: what the host registers and maps.</summary>
internal static class EcsModule
{
    /// <summary>Registers the ECS API, the scheduler, the runtimes and the front door.</summary>
    public static void AddEcs(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
    }

    /// <summary>
    /// Maps the page, the tasks' metadata and the front door. Call it before anything else that answers requests:
    /// the front door takes every request that arrives at its port.
    /// </summary>
    public static void MapEcs(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
    }
}
