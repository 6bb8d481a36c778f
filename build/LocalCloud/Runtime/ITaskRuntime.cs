namespace Slipway.LocalCloud.Runtime;

/// <summary>What turns a container definition into something that runs on this machine.</summary>
internal interface ITaskRuntime
{
    /// <summary>"engine" or "process".</summary>
    string Name { get; }

    /// <summary>Why this one was chosen, for a person.</summary>
    string Note { get; }

    /// <summary>Ends what an earlier, killed instance on the same state left running.</summary>
    Task EndOrphansAsync(CancellationToken cancellationToken);

    /// <summary>Brings the image to where it can be started: pulled, or unpacked into the task's folder.</summary>
    Task PullAsync(ContainerRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a pulled container; a refusal is a <see cref="ContainerStartException"/>.</summary>
    Task<IRunningContainer> StartAsync(ContainerRequest request, CancellationToken cancellationToken);
}
