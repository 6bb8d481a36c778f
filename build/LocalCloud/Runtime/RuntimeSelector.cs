using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Runtime;

/// <summary>Takes the engine where one answers, else the process runtime; what the command line forces is not second-guessed.</summary>
internal sealed class RuntimeSelector(
    LocalCloudOptions options, StateFolder state, Instance instance, DockerCli docker, TimeProvider time) : ITaskRuntimeSelector, IDisposable
{
    private readonly SemaphoreSlim once = new(1, 1);
    private ITaskRuntime? selected;

    public async Task<ITaskRuntime> SelectAsync(CancellationToken cancellationToken)
    {
        if (selected is { } known) return known;
        await once.WaitAsync(cancellationToken);
        try
        {
            return selected ??= await TryAsync(cancellationToken);
        }
        finally
        {
            once.Release();
        }
    }

    public void Dispose() => once.Dispose();

    private async Task<ITaskRuntime> TryAsync(CancellationToken cancellationToken)
    {
        if (options.Runtime == "process") return new ProcessRuntime(state, time, "chosen with --runtime=process; tasks are plain processes, no isolation");
        var (engine, problem) = await docker.ProbeAsync(cancellationToken);
        return engine is not null ? new EngineRuntime(docker, engine, state, instance, time, $"Docker engine {engine.Version} answers")
            : options.Runtime == "engine" ? new EngineRuntime(docker, null, state, instance, time, $"chosen with --runtime=engine, but {problem}")
            : new ProcessRuntime(state, time, $"{problem}; tasks are plain processes, no isolation");
    }
}
