using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>One run of a host, from its arguments to its exit code.</summary>
internal sealed class HostRun(IServiceCollection services) : IDisposable
{
    public const int Failure = -1;
    private readonly ServiceProvider provider = services.BuildServiceProvider();

    public int Execute(IEnumerable<string> args)
    {
        var app = new CommandApp<HostCommand>().WithData(this);
        app.Configure(configuration => configuration.ConfigureConsole(provider.GetRequiredService<IAnsiConsole>()));
        return app.Run(args) == 0 ? 0 : Failure;
    }

    public int Execute(HostSettings settings, IRemainingArguments remaining)
    {
        var log = provider.GetRequiredService<ICakeLog>();
        log.Verbosity = settings.Verbosity ?? Verbosity.Normal;
        try
        {
            provider.GetRequiredService<ParsedCommandLine>().Set(settings.TargetsOrDefault, remaining);
            if (!ShowFeature(settings))
            {
                SetWorkingDirectory(settings.WorkingDirectory);
                log.Verbosity = provider.GetRequiredService<ICakeConfiguration>().GetVerbosity(settings.Verbosity);
                InstallTools(log);
                RunTargets(settings);
            }

            return 0;
        }
        catch (Exception exception)
        {
            log.LogException(exception);
            return Failure;
        }
    }

    // Services of the caller may be disposable only asynchronously, which a synchronous Dispose refuses.
    public void Dispose() => provider.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private bool ShowFeature(HostSettings settings)
    {
        Action<IConsole>? feature = settings switch
        {
            { Version: true } => provider.GetRequiredService<VersionFeature>().Run,
            { Info: true } => provider.GetRequiredService<InfoFeature>().Run,
            _ => null,
        };
        feature?.Invoke(provider.GetRequiredService<IConsole>());
        return feature is not null;
    }

    private void SetWorkingDirectory(DirectoryPath? commandLine)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var directory = (commandLine ?? provider.GetService<WorkingDirectory>()?.Path)?.MakeAbsolute(environment)
            ?? environment.WorkingDirectory;
        if (!provider.GetRequiredService<IFileSystem>().Exist(directory))
        {
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        }

        environment.WorkingDirectory = directory;
    }

    private void InstallTools(ICakeLog log)
    {
        foreach (var tool in provider.GetServices<PackageReference>())
        {
            log.Verbose("Installing tool: {0}", tool.Package);
            provider.GetRequiredService<IToolInstaller>().Install(tool);
        }
    }

    private void RunTargets(HostSettings settings)
    {
        // The context comes first: a build whose context cannot be made fails in every mode.
        var context = provider.GetRequiredService<IFrostingContext>();
        var host = CreateScriptHost(settings, context);
        provider.GetRequiredService<TaskGraph>().Register();
        if (settings.Exclusive)
        {
            host.Settings.UseExclusiveTarget();
        }

        host.RunTargets(settings.TargetsOrDefault);
    }

    private ScriptHost CreateScriptHost(HostSettings settings, IFrostingContext context) => settings switch
    {
        { DryRun: true } => ActivatorUtilities.CreateInstance<DryRunScriptHost<IFrostingContext>>(provider, context),
        { Tree: true } => ActivatorUtilities.CreateInstance<TreeScriptHost>(provider, context),
        { Description: true } => ActivatorUtilities.CreateInstance<DescriptionScriptHost>(provider, context),
        _ => ActivatorUtilities.CreateInstance<BuildScriptHost<IFrostingContext>>(provider, context),
    };
}
