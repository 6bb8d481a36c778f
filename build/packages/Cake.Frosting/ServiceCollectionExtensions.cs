using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>The registrations behind <see cref="CakeHostExtensions"/>, for a startup class.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Sets the type of the context that tasks and lifetimes receive.</summary>
    public static IServiceCollection UseContext<TContext>(this IServiceCollection services)
        where TContext : class, IFrostingContext
        => services.AddSingleton<IFrostingContext, TContext>();

    /// <summary>Sets the setup and the teardown of the run; one instance serves both.</summary>
    public static IServiceCollection UseLifetime<TLifetime>(this IServiceCollection services)
        where TLifetime : class, IFrostingLifetime
        => services
            .AddSingleton<TLifetime>()
            .AddSingleton<IFrostingLifetime>(provider => provider.GetRequiredService<TLifetime>())
            .AddSingleton<IFrostingSetup>(provider => provider.GetRequiredService<TLifetime>())
            .AddSingleton<IFrostingTeardown>(provider => provider.GetRequiredService<TLifetime>());

    /// <summary>Sets what runs before the first task.</summary>
    public static IServiceCollection UseSetup<TSetup>(this IServiceCollection services)
        where TSetup : class, IFrostingSetup
        => services.AddSingleton<IFrostingSetup, TSetup>();

    /// <summary>Sets what runs after the last task.</summary>
    public static IServiceCollection UseTeardown<TTeardown>(this IServiceCollection services)
        where TTeardown : class, IFrostingTeardown
        => services.AddSingleton<IFrostingTeardown, TTeardown>();

    /// <summary>Sets the setup and the teardown of each task; one instance serves both.</summary>
    public static IServiceCollection UseTaskLifetime<TTaskLifetime>(this IServiceCollection services)
        where TTaskLifetime : class, IFrostingTaskLifetime
        => services
            .AddSingleton<TTaskLifetime>()
            .AddSingleton<IFrostingTaskLifetime>(provider => provider.GetRequiredService<TTaskLifetime>())
            .AddSingleton<IFrostingTaskSetup>(provider => provider.GetRequiredService<TTaskLifetime>())
            .AddSingleton<IFrostingTaskTeardown>(provider => provider.GetRequiredService<TTaskLifetime>());

    /// <summary>Sets what runs before each task.</summary>
    public static IServiceCollection UseTaskSetup<TTaskSetup>(this IServiceCollection services)
        where TTaskSetup : class, IFrostingTaskSetup
        => services.AddSingleton<IFrostingTaskSetup, TTaskSetup>();

    /// <summary>Sets what runs after each task.</summary>
    public static IServiceCollection UseTaskTeardown<TTaskTeardown>(this IServiceCollection services)
        where TTaskTeardown : class, IFrostingTaskTeardown
        => services.AddSingleton<IFrostingTaskTeardown, TTaskTeardown>();

    /// <summary>Adds the services of a Cake module.</summary>
    public static IServiceCollection UseModule<TModule>(this IServiceCollection services)
        where TModule : class, ICakeModule, new()
        => Cli.ServiceCollectionExtensions.UseModule(services, new TModule());

    /// <summary>Adds a package installer, which serves the schemes that it accepts in <see cref="UseTool"/>.</summary>
    public static IServiceCollection UsePackageInstaller<TPackageInstaller>(this IServiceCollection services)
        where TPackageInstaller : class, IPackageInstaller
        => services.AddSingleton<IPackageInstaller, TPackageInstaller>();

    /// <summary>Installs a tool before the run, for example <c>dotnet:?package=X&amp;version=1.2.3</c>.</summary>
    public static IServiceCollection UseTool(this IServiceCollection services, Uri tool)
        => services.AddSingleton(new PackageReference(tool));

    /// <summary>Sets the working directory, which <c>--working</c> overrides.</summary>
    public static IServiceCollection UseWorkingDirectory(this IServiceCollection services, DirectoryPath path)
        => services.AddSingleton(new WorkingDirectory(path));

    /// <summary>Sets a value of Cake's configuration.</summary>
    public static IServiceCollection UseCakeSetting(this IServiceCollection services, string key, string value)
        => services.AddSingleton(new CakeSetting(key, value));

    /// <summary>Sets the folder into which tools are installed.</summary>
    public static IServiceCollection UseToolPath(this IServiceCollection services, DirectoryPath path)
        => services.UseCakeSetting(ToolPathKey, path.FullPath);

    private const string ToolPathKey = "paths_tools";
}
