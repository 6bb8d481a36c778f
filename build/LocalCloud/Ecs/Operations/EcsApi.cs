using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>The ECS API: a table of operations, and the promise that what was answered is on disk.</summary>
internal sealed class EcsApi : IServiceApi
{
    private readonly Dictionary<string, Func<JsonObject, JsonObject>> operations;
    private readonly EcsState state;

    public EcsApi(
        EcsState state,
        ClusterOperations clusters,
        TaskDefinitionOperations definitions,
        ServiceOperations services,
        ServiceDeploymentOperations deployments,
        TaskOperations tasks,
        TagOperations tags)
    {
        this.state = state;
        operations = new Dictionary<string, Func<JsonObject, JsonObject>>(StringComparer.Ordinal)
        {
            ["CreateCluster"] = clusters.Create,
            ["ListClusters"] = clusters.List,
            ["DescribeClusters"] = clusters.Describe,
            ["RegisterTaskDefinition"] = definitions.Register,
            ["DescribeTaskDefinition"] = definitions.Describe,
            ["DeregisterTaskDefinition"] = definitions.Deregister,
            ["ListTaskDefinitions"] = definitions.List,
            ["CreateService"] = services.Create,
            ["UpdateService"] = services.Update,
            ["DeleteService"] = services.Delete,
            ["DescribeServices"] = services.Describe,
            ["ListServices"] = services.List,
            ["ListServiceDeployments"] = deployments.List,
            ["DescribeServiceDeployments"] = deployments.Describe,
            ["DescribeServiceRevisions"] = deployments.DescribeRevisions,
            ["StopServiceDeployment"] = deployments.Stop,
            ["ListTasks"] = tasks.List,
            ["DescribeTasks"] = tasks.Describe,
            ["RunTask"] = tasks.Run,
            ["StopTask"] = tasks.Stop,
            ["TagResource"] = tags.Tag,
            ["ListTagsForResource"] = tags.List,
        };
    }

    public string TargetPrefix => "AmazonEC2ContainerServiceV20141113";

    public string Model => "ecs";

    /// <summary>What this cloud offers of ECS.</summary>
    public IEnumerable<string> Operations => operations.Keys.Order(StringComparer.Ordinal);

    public Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        if (!operations.TryGetValue(operation, out var run))
        {
            throw new ApiException("UnknownOperationException",
                $"LocalCloud does not offer the ECS operation {operation}. It offers: {string.Join(", ", Operations)}.");
        }

        var answer = run(input);
        state.Save();
        return Task.FromResult(answer);
    }
}
