using Slipway.Deployment.Services;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>A task that no service keeps running.</summary>
/// <param name="Cluster">The cluster's name or ARN.</param>
/// <param name="TaskDefinitionArn">The revision that it runs.</param>
/// <param name="Container">The container that gets the command and the variables, and whose exit code decides.</param>
/// <param name="Command">One item an argument; null: the container's own.</param>
/// <param name="Env">Environment variables, beside or instead of the container's own.</param>
/// <param name="Placement">Network, launch type or capacity providers, platform version.</param>
/// <param name="StartedBy">By what it is found again; at most 36 letters, digits, hyphens, underscores and slashes.</param>
public sealed record OneOffTask(
    string Cluster, string TaskDefinitionArn, string Container, IReadOnlyList<string>? Command, IReadOnlyDictionary<string, string> Env,
    TaskPlacement Placement, string StartedBy);

/// <summary>
/// Tasks of Amazon ECS outside of services. Failures are <see cref="SlipwayException"/>s, except those that another try may cure, which are
/// <see cref="TransientServiceException"/>s.
/// </summary>
public interface ITaskRunner
{
    /// <summary>Starts one task and returns it as it is right after. A repeated request starts no second one.</summary>
    Task<TaskState> RunAsync(OneOffTask task, CancellationToken cancellationToken);

    /// <summary>A task by its ARN; null where ECS does not show it (yet, or about an hour after its end).</summary>
    Task<TaskState?> FindAsync(string cluster, string taskArn, CancellationToken cancellationToken);

    /// <summary>Every task of a family in the cluster, of services or not, running or stopped within about the last hour, newest first.</summary>
    Task<IReadOnlyList<TaskState>> ListAsync(string cluster, string family, CancellationToken cancellationToken);

    /// <summary>Stops a task.</summary>
    Task StopAsync(string cluster, string taskArn, string reason, CancellationToken cancellationToken);
}
