using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Slipway.Build.Hosting;

namespace Slipway.Build.Docker;

/// <summary>Cake's process runner, which ends the tools that it started when the run is cancelled.</summary>
public sealed class CancellableProcessRunner(
    IFileSystem fileSystem,
    ICakeEnvironment environment,
    ICakeLog log,
    IToolLocator tools,
    ICakeConfiguration configuration,
    Cancellation cancellation) : IProcessRunner
{
    private readonly ProcessRunner _inner = new(fileSystem, environment, log, tools, configuration);

    /// <inheritdoc />
    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        cancellation.Token.ThrowIfCancellationRequested();
        var process = _inner.Start(filePath, settings);
        if (process is not null) cancellation.Token.Register(() => End(process));
        return process!;
    }

    private static void End(IProcess process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }
    }
}
