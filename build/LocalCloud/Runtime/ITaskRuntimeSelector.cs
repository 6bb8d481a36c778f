namespace Slipway.LocalCloud.Runtime;

/// <summary>Chooses the runtime once, by trying it.</summary>
internal interface ITaskRuntimeSelector
{
    /// <summary>The runtime of this instance; the same one at every call.</summary>
    Task<ITaskRuntime> SelectAsync(CancellationToken cancellationToken);
}
