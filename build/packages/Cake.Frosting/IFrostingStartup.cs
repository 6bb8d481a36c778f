using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Registers the services of a build.</summary>
public interface IFrostingStartup
{
    /// <summary>Adds to the services of the host.</summary>
    void Configure(IServiceCollection services);
}
