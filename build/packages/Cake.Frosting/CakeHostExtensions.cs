using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Fluent configuration of a <see cref="CakeHost"/>.</summary>
public static class CakeHostExtensions
{
    /// <summary>Lets a startup class register services.</summary>
    public static CakeHost UseStartup<TStartup>(this CakeHost host)
        where TStartup : IFrostingStartup, new()
        => host.ConfigureServices(services => new TStartup().Configure(services));

    /// <summary>Sets the type of the context that tasks and lifetimes receive.</summary>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext
        => host.ConfigureServices(services => services.UseContext<TContext>());

    /// <summary>Sets the setup and the teardown of the run.</summary>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime
        => host.ConfigureServices(services => services.UseLifetime<TLifetime>());

    /// <summary>Sets what runs before the first task.</summary>
    public static CakeHost UseSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingSetup
        => host.ConfigureServices(services => services.UseSetup<TSetup>());

    /// <summary>Sets what runs after the last task.</summary>
    public static CakeHost UseTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTeardown
        => host.ConfigureServices(services => services.UseTeardown<TTeardown>());

    /// <summary>Sets the setup and the teardown of each task.</summary>
    public static CakeHost UseTaskLifetime<TTaskLifetime>(this CakeHost host)
        where TTaskLifetime : class, IFrostingTaskLifetime
        => host.ConfigureServices(services => services.UseTaskLifetime<TTaskLifetime>());

    /// <summary>Sets what runs before each task.</summary>
    public static CakeHost UseTaskSetup<TTaskSetup>(this CakeHost host)
        where TTaskSetup : class, IFrostingTaskSetup
        => host.ConfigureServices(services => services.UseTaskSetup<TTaskSetup>());

    /// <summary>Sets what runs after each task.</summary>
    public static CakeHost UseTaskTeardown<TTaskTeardown>(this CakeHost host)
        where TTaskTeardown : class, IFrostingTaskTeardown
        => host.ConfigureServices(services => services.UseTaskTeardown<TTaskTeardown>());

    /// <summary>Adds the services of a Cake module.</summary>
    public static CakeHost UseModule<TModule>(this CakeHost host)
        where TModule : class, ICakeModule, new()
        => host.ConfigureServices(services => services.UseModule<TModule>());

    /// <summary>Adds a package installer, which serves the schemes that it accepts in <see cref="InstallTool"/>.</summary>
    public static CakeHost UsePackageInstaller<TPackageInstaller>(this CakeHost host)
        where TPackageInstaller : class, IPackageInstaller
        => host.ConfigureServices(services => services.UsePackageInstaller<TPackageInstaller>());

    /// <summary>Installs a tool before the run, for example <c>dotnet:?package=X&amp;version=1.2.3</c>.</summary>
    public static CakeHost InstallTool(this CakeHost host, Uri uri)
        => host.ConfigureServices(services => services.UseTool(uri));

    /// <summary>Sets the working directory, which <c>--working</c> overrides.</summary>
    public static CakeHost UseWorkingDirectory(this CakeHost host, DirectoryPath path)
        => host.ConfigureServices(services => services.UseWorkingDirectory(path));

    /// <summary>Sets a value of Cake's configuration.</summary>
    public static CakeHost UseCakeSetting(this CakeHost host, string key, string value)
        => host.ConfigureServices(services => services.UseCakeSetting(key, value));

    /// <summary>Sets the folder into which tools are installed.</summary>
    public static CakeHost SetToolPath(this CakeHost host, DirectoryPath path)
        => host.ConfigureServices(services => services.UseToolPath(path));
}
