using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>The services that every host starts with: the engine's modules, and what depends on the command line.</summary>
internal static class EngineServices
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddCakeDiagnostics();
        services.UseCakeDefaultModules();

        services.AddSingleton<IVersionResolver, VersionResolver>();
        services.AddSingleton<VersionFeature>();
        services.AddSingleton<InfoFeature>();

        services.AddSingleton<ParsedCommandLine>();
        services.AddSingleton<ICakeArguments>(provider => provider.GetRequiredService<ParsedCommandLine>().Arguments);
        services.AddSingleton(ReadConfiguration);

        services.AddSingleton<IToolInstaller, ToolInstaller>();
        services.AddSingleton<IFrostingContext, FrostingContext>();
        services.AddSingleton<TaskGraph>();
    }

    private static ICakeConfiguration ReadConfiguration(IServiceProvider provider)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var reader = new CakeConfigurationProvider(provider.GetRequiredService<IFileSystem>(), environment);
        return reader.CreateConfiguration(
            environment.WorkingDirectory,
            provider.GetServices<CakeSetting>().Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
            provider.GetRequiredService<ParsedCommandLine>().ConfigurationValues);
    }
}
