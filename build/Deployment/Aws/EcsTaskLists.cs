using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Aws;

/// <summary>Tasks of Amazon ECS: their ARNs page by page, then what they are, a hundred at a time.</summary>
internal sealed class EcsTaskLists(AwsConnection connection, TimeProvider time)
{
    private const int TasksPerCall = 100;

    private readonly AwsCall aws = new(connection.Errors, time);

    /// <summary>Running ones and those that stopped within about the last hour, newest first.</summary>
    /// <param name="what">For messages: "tasks of service".</param>
    /// <param name="name">The service or family.</param>
    /// <param name="ask">Makes a request with cluster and filter.</param>
    /// <param name="mostPages">How many pages of the running and of the stopped ones are read.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<IReadOnlyList<TaskState>> ListAsync(
        string what, string name, Func<ListTasksRequest> ask, (int Running, int Stopped) mostPages, CancellationToken cancellationToken)
    {
        var list = new AwsOperation("ecs:ListTasks", "list", what, name);
        var running = await ListArnsAsync(list, ask, DesiredStatus.RUNNING, mostPages.Running, cancellationToken);
        var stopped = await ListArnsAsync(list, ask, DesiredStatus.STOPPED, mostPages.Stopped, cancellationToken);
        var describe = new AwsOperation("ecs:DescribeTasks", "describe", what, name);
        var tasks = new List<TaskState>();
        foreach (var arns in running.Union(stopped, StringComparer.Ordinal).Chunk(TasksPerCall))
            tasks.AddRange(await DescribeAsync(describe, ask().Cluster, arns, cancellationToken));
        return [.. tasks.OrderByDescending(task => task.CreatedAt)];
    }

    /// <summary>At most a hundred tasks by their ARNs; those that ECS does not show are left out.</summary>
    public async Task<IEnumerable<TaskState>> DescribeAsync(
        AwsOperation operation, string cluster, IReadOnlyList<string> arns, CancellationToken cancellationToken)
    {
        var answer = await aws.OnceAsync(
            operation,
            () => connection.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = cluster, Tasks = [.. arns] }, cancellationToken),
            cancellationToken);
        return (answer.Tasks ?? []).Select(EcsMapping.Task);
    }

    private ValueTask<List<string>> ListArnsAsync(
        AwsOperation operation, Func<ListTasksRequest> ask, DesiredStatus status, int mostPages, CancellationToken cancellationToken) =>
        Pages.ReadAsync(
            async token =>
            {
                var request = ask();
                (request.DesiredStatus, request.NextToken) = (status, token);
                var answer = await aws.OnceAsync(operation, () => connection.Ecs.ListTasksAsync(request, cancellationToken), cancellationToken);
                return (answer.TaskArns, answer.NextToken);
            },
            mostPages).ToListAsync(cancellationToken);
}
