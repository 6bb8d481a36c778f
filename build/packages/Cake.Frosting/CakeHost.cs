using System.Reflection;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Composes and runs a build: services, tasks, lifetimes and a command line.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection services = new();
    private readonly List<Assembly> assemblies = [];

    /// <summary>Creates a host with Cake's own services. What the caller registers later overrides them.</summary>
    public CakeHost()
    {
        EngineServices.AddTo(services);
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            assemblies.Add(entry);
        }
    }

    /// <summary>Creates a host; the start of a fluent configuration.</summary>
    public static CakeHost Create() => new();

    /// <summary>Adds an assembly whose public tasks are registered. The entry assembly always is one of them.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (!assemblies.Contains(assembly))
        {
            assemblies.Add(assembly);
        }

        return this;
    }

    /// <summary>Registers services. The last registration of a service wins, also over Cake's own.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(this.services);
        return this;
    }

    /// <summary>Parses the arguments and runs what they ask for.</summary>
    /// <returns>0, or -1 for every failure, whatever its kind.</returns>
    public int Run(IEnumerable<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            using var run = new HostRun(Compose());
            return run.Execute(args);
        }
        catch (Exception exception)
        {
            // What could not be made or disposed may be the log itself.
            Console.Error.WriteLine($"Error: {exception.Message}");
            return HostRun.Failure;
        }
    }

    // A copy, so that a second run of the same host does not see every task twice.
    private IServiceCollection Compose()
    {
        IServiceCollection composition = new ServiceCollection();
        foreach (var service in services)
        {
            composition.Add(service);
        }

        foreach (var task in assemblies.SelectMany(TaskScan.FindTasks))
        {
            composition.AddSingleton(typeof(IFrostingTask), task);
        }

        return composition;
    }
}
