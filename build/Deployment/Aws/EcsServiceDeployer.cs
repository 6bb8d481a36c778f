using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Deployment.Services;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Deployment.Aws;

/// <summary>Amazon ECS.</summary>
public sealed class EcsServiceDeployer(AwsConnection connection, TimeProvider time) : IServiceDeployer
{
    private const int MostStoppedPages = 3;

    private readonly AwsCall aws = new(connection.Errors, time);
    private readonly EcsServiceDeployments deployments = new(connection, time);
    private readonly EcsTaskLists tasks = new(connection, time);

    /// <inheritdoc />
    public async Task<ServiceState?> FindServiceAsync(string cluster, string service, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:DescribeServices", "describe", "service", service);
        var answer = await aws.OnceAsync(
            operation,
            () => connection.Ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = cluster, Services = [service] }, cancellationToken),
            cancellationToken);
        if (answer.Services is [var found, ..]) return EcsMapping.Service(found);

        return answer.Failures is [{ Reason: not "MISSING" } failure, ..]
            ? throw new SlipwayException(
                ExitCode.PreconditionFailed, $"{operation.Failed}: {failure.Reason} {failure.Detail}".TrimEnd(),
                "check the settings 'cluster' and 'service'")
            : null;
    }

    /// <inheritdoc />
    public async Task<LiveTaskDefinition?> FindTaskDefinitionAsync(string familyOrArn, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:DescribeTaskDefinition", "describe", "task definition", familyOrArn);
        return await aws.OnceAsync(operation, AskAsync, cancellationToken);

        async Task<LiveTaskDefinition?> AskAsync()
        {
            var request = new DescribeTaskDefinitionRequest { TaskDefinition = familyOrArn, Include = [TaskDefinitionField.TAGS.Value] };
            var raw = RawJson.Attach(request);
            try
            {
                var answer = await connection.Ecs.DescribeTaskDefinitionAsync(request, cancellationToken);
                return new LiveTaskDefinition(
                    answer.TaskDefinition?.TaskDefinitionArn ?? throw operation.Incomplete("task definition"), Document(raw.ResponseBody))
                {
                    RegisteredBy = answer.TaskDefinition.RegisteredBy is { Length: > 0 } arn ? arn : null,
                };
            }
            catch (ClientException error) when (error.Message.Contains("Unable to describe task definition", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }
    }

    /// <inheritdoc />
    public async Task<string> RegisterTaskDefinitionAsync(string family, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:RegisterTaskDefinition", "register", "task definition", family) { Doubles = true };
        var answer = await aws.PatientlyAsync(
            operation,
            () =>
            {
                var request = new RegisterTaskDefinitionRequest { Family = family };
                RawJson.Attach(request, document);
                return connection.Ecs.RegisterTaskDefinitionAsync(request, cancellationToken);
            },
            cancellationToken);
        return answer.TaskDefinition?.TaskDefinitionArn ?? throw operation.Incomplete("task definition");
    }

    /// <inheritdoc />
    public async Task<ServiceState> UpdateServiceAsync(ServiceUpdate update, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:UpdateService", "update", "service", update.Service) { Doubles = update.ForceNewDeployment };
        var answer = await aws.PatientlyAsync(
            operation,
            () => connection.Ecs.UpdateServiceAsync(
                new UpdateServiceRequest
                {
                    Cluster = update.Cluster,
                    Service = update.Service,
                    TaskDefinition = update.TaskDefinitionArn,
                    DesiredCount = update.DesiredCount,
                    ForceNewDeployment = update.ForceNewDeployment ? true : null,
                },
                cancellationToken),
            cancellationToken);
        return EcsMapping.Service(answer.Service ?? throw operation.Incomplete("service"));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<TaskState>> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken) => tasks.ListAsync(
        "tasks of service", service, () => new ListTasksRequest { Cluster = cluster, ServiceName = service }, (int.MaxValue, MostStoppedPages),
        cancellationToken);

    /// <inheritdoc />
    public Task<ServiceDeploymentState?> FindServiceDeploymentAsync(string arn, CancellationToken cancellationToken) =>
        deployments.FindAsync(arn, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ServiceDeploymentState>?> ListServiceDeploymentsAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken) =>
        deployments.ListAsync(cluster, service, createdSince, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ServiceRevisionState>> FindServiceRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken) =>
        deployments.FindRevisionsAsync(arns, cancellationToken);

    /// <inheritdoc />
    public Task StopServiceDeploymentAsync(string arn, bool rollback, CancellationToken cancellationToken) =>
        deployments.StopAsync(arn, rollback, cancellationToken);

    private static string Document(ReadOnlyMemory<byte> answer)
    {
        var root = JsonNode.Parse(answer.Span)!.AsObject();
        var definition = root["taskDefinition"]!.DeepClone().AsObject();
        if (root["tags"] is JsonArray { Count: > 0 } tags) definition["tags"] = tags.DeepClone();
        return definition.ToJsonString(JsonSerializerOptions.Default);
    }
}
