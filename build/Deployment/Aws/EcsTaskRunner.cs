using System.Globalization;
using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;
using KeyValuePair = Amazon.ECS.Model.KeyValuePair;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Deployment.Aws;

/// <summary>Tasks of Amazon ECS outside of services.</summary>
public sealed class EcsTaskRunner(AwsConnection connection, TimeProvider time) : ITaskRunner
{
    private const int MostPages = 5;

    private readonly AwsCall aws = new(connection.Errors, time);
    private readonly EcsTaskLists tasks = new(connection, time);

    /// <inheritdoc />
    public async Task<TaskState> RunAsync(OneOffTask task, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:RunTask", "run", "task of", ResourceName.Of(task.TaskDefinitionArn));
        var request = Request(task);
        var answer = await aws.PatientlyAsync(operation, () => connection.Ecs.RunTaskAsync(request, cancellationToken), cancellationToken);
        if (answer.Tasks is [var started, ..]) return EcsMapping.Task(started);
        if (answer.Failures is not [var failure, ..]) throw operation.Incomplete("task");
        var reason = $"{failure.Reason} {failure.Detail}".Trim();
        throw new SlipwayException(
            ExitCode.DeploymentFailed, $"{operation.Failed}: {reason}. The service was not changed.",
            FailureCatalogue.Find(reason)?.Remedy ?? "look the reason up in the ECS API reference, RunTask");
    }

    /// <inheritdoc />
    public async Task<TaskState?> FindAsync(string cluster, string taskArn, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:DescribeTasks", "describe", "task", ResourceName.Of(taskArn));
        return (await tasks.DescribeAsync(operation, cluster, [taskArn], cancellationToken)).FirstOrDefault();
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<TaskState>> ListAsync(string cluster, string family, CancellationToken cancellationToken) => tasks.ListAsync(
        // "startedBy" filters only alone, and so finds no stopped tasks: the family does.
        "tasks of family", family, () => new ListTasksRequest { Cluster = cluster, Family = family }, (MostPages, MostPages), cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(string cluster, string taskArn, string reason, CancellationToken cancellationToken) => aws.PatientlyAsync(
        new AwsOperation("ecs:StopTask", "stop", "task", ResourceName.Of(taskArn)),
        () => connection.Ecs.StopTaskAsync(new StopTaskRequest { Cluster = cluster, Task = taskArn, Reason = reason }, cancellationToken),
        cancellationToken);

    private static RunTaskRequest Request(OneOffTask task)
    {
        var placement = task.Placement;
        return new RunTaskRequest
        {
            Cluster = task.Cluster,
            TaskDefinition = task.TaskDefinitionArn,
            Count = 1,
            StartedBy = task.StartedBy,
            // One for all attempts of this request: the client repeats it where the answer was lost.
            ClientToken = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            LaunchType = placement.CapacityProviders.Count == 0 && placement.LaunchType is { } type ? LaunchType.FindValue(type) : null,
            CapacityProviderStrategy = placement.CapacityProviders.Count == 0 ? null : [.. placement.CapacityProviders.Select(Share)],
            PlatformVersion = placement.PlatformVersion,
            NetworkConfiguration = placement.Subnets.Count == 0 ? null : new NetworkConfiguration
            {
                AwsvpcConfiguration = new AwsVpcConfiguration
                {
                    Subnets = [.. placement.Subnets],
                    SecurityGroups = placement.SecurityGroups.Count == 0 ? null : [.. placement.SecurityGroups],
                    AssignPublicIp = placement.AssignPublicIp ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED,
                },
            },
            Overrides = new TaskOverride
            {
                ContainerOverrides =
                [
                    new ContainerOverride
                    {
                        Name = task.Container,
                        Command = task.Command is null ? null : [.. task.Command],
                        Environment = task.Env.Count == 0 ? null : [.. task.Env.Select(entry => new KeyValuePair { Name = entry.Key, Value = entry.Value })],
                    },
                ],
            },
        };
    }

    private static CapacityProviderStrategyItem Share(CapacityProviderShare share) =>
        new() { CapacityProvider = share.Provider, Weight = share.Weight, Base = share.Base };
}
