using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Clusters: name spaces for services and tasks.</summary>
internal sealed class ClusterOperations(EcsState state)
{
    public JsonObject Create(JsonObject input)
    {
        var name = (string?)input["clusterName"] ?? "default";
        if (!ServiceRules.IsName(name)) throw Refusals.InvalidParameter("Cluster name must match ^[a-zA-Z0-9\\-_]{1,255}$");
        var snapshot = state.Update(before => before.Clusters.TryGetValue(name, out var known) && known.Status == Cluster.Active
            ? before
            : before.With(Cluster.Named(name)));
        return new JsonObject { ["cluster"] = Render(snapshot, snapshot.Clusters[name]) };
    }

    public JsonObject List(JsonObject input) => Paging.Page(input, "clusterArns",
        [.. state.Current.Clusters.Values.Where(cluster => cluster.Status == Cluster.Active).Select(cluster => (JsonNode?)JsonValue.Create(cluster.Arn))]);

    public JsonObject Describe(JsonObject input)
    {
        var snapshot = state.Current;
        var names = input["clusters"] is JsonArray { Count: > 0 } list ? list.Select(item => (string)item!) : ["default"];
        var found = new JsonArray();
        var failures = new JsonArray();
        foreach (var name in names)
        {
            if (snapshot.Clusters.TryGetValue(Names.Short(name), out var cluster)) found.Add(Render(snapshot, cluster));
            else failures.Add(new JsonObject { ["arn"] = Names.Cluster(Names.Short(name)), ["reason"] = "MISSING" });
        }

        return new JsonObject { ["clusters"] = found, ["failures"] = failures };
    }

    private static JsonObject Render(EcsSnapshot snapshot, Cluster cluster)
    {
        var tasks = snapshot.Tasks.Values.Where(task => task.ClusterArn == cluster.Arn).ToList();
        return new JsonObject
        {
            ["clusterArn"] = cluster.Arn,
            ["clusterName"] = cluster.Name,
            ["status"] = cluster.Status,
            ["registeredContainerInstancesCount"] = 0,
            ["runningTasksCount"] = ServiceAnswer.Running(tasks),
            ["pendingTasksCount"] = ServiceAnswer.Pending(tasks),
            ["activeServicesCount"] = snapshot.Services.Values.Count(
                service => service.ClusterArn == cluster.Arn && service.Status == Service.Active),
            ["statistics"] = new JsonArray(),
            ["tags"] = new JsonArray(),
            ["settings"] = new JsonArray(new JsonObject { ["name"] = "containerInsights", ["value"] = "disabled" }),
            ["capacityProviders"] = new JsonArray("FARGATE", "FARGATE_SPOT"),
            ["defaultCapacityProviderStrategy"] = new JsonArray(),
        };
    }
}
