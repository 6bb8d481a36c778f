using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Planning;

/// <summary>Reads tasks, and takes one that would be started for one that has ended well.</summary>
internal sealed class PlanningTaskRunner(ITaskRunner inner, PlannedCalls calls) : ITaskRunner
{
    /// <inheritdoc />
    public Task<TaskState> RunAsync(OneOffTask task, CancellationToken cancellationToken)
    {
        // Not the command: nobody knows what is in it.
        calls.Write("ecs:RunTask", $"task definition {ResourceName.Of(task.TaskDefinitionArn)}, container {task.Container}");
        var container = new ContainerState(task.Container, null, null, "STOPPED", 0, null, null);
        return Task.FromResult(new TaskState(
            "task/planned", task.TaskDefinitionArn, "STOPPED", "STOPPED", null, task.StartedBy, null, null, null, null, DateTimeOffset.UnixEpoch, [container]));
    }

    /// <inheritdoc />
    public Task<TaskState?> FindAsync(string cluster, string taskArn, CancellationToken cancellationToken)
    {
        calls.Read("ecs:DescribeTasks", ResourceName.Of(taskArn));
        return inner.FindAsync(cluster, taskArn, cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<TaskState>> ListAsync(string cluster, string family, CancellationToken cancellationToken)
    {
        calls.Read("ecs:ListTasks", $"family {family}");
        calls.Read("ecs:DescribeTasks", $"family {family}");
        return inner.ListAsync(cluster, family, cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(string cluster, string taskArn, string reason, CancellationToken cancellationToken)
    {
        calls.Write("ecs:StopTask", ResourceName.Of(taskArn));
        return Task.CompletedTask;
    }
}
