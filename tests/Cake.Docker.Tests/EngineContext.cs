using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Docker.Tests;

/// <summary>A context of the real engine whose Docker CLI is a file that exists.</summary>
internal static class EngineContext
{
    public static ICakeContext Create(FilePath docker, IProcessRunner? runner = null)
    {
        var services = new ServiceCollection();
        services.AddCakeDiagnostics().UseCakeDefaultModules()
            .AddSingleton<ICakeLog>(new NullLog())
            .AddSingleton<ICakeArguments>(new CakeArguments(Array.Empty<string>().ToLookup(name => name)))
            .AddSingleton<ICakeConfiguration>(new CakeConfiguration(new Dictionary<string, string>()));
        if (runner is not null)
        {
            services.AddSingleton(runner);
        }

        var context = services.BuildServiceProvider().GetRequiredService<ICakeContext>();
        context.Tools.RegisterFile(docker);
        return context;
    }
}
