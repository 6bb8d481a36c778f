using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>Finds what a request names, by name or by ARN.</summary>
internal static class Lookup
{
    public static Cluster Cluster(EcsSnapshot snapshot, JsonObject input)
    {
        var name = Names.Short((string?)input["cluster"] ?? "default");
        return snapshot.Clusters.TryGetValue(name, out var cluster) && cluster.Status == Model.Cluster.Active
            ? cluster
            : throw Refusals.ClusterNotFound();
    }

    public static Service? FindService(EcsSnapshot snapshot, Cluster cluster, string nameOrArn)
    {
        var arn = Names.IsArn(nameOrArn) ? nameOrArn : Names.Service(cluster.Name, nameOrArn);
        return snapshot.Services.TryGetValue(arn, out var service) && service.ClusterArn == cluster.Arn ? service : null;
    }

    public static Service Service(EcsSnapshot snapshot, JsonObject input, string member = "service") =>
        FindService(snapshot, Cluster(snapshot, input), (string?)input[member] ?? "") ?? throw Refusals.ServiceNotFound();

    public static EcsTask? Task(EcsSnapshot snapshot, Cluster cluster, string idOrArn) =>
        snapshot.Tasks.TryGetValue(Names.Short(idOrArn), out var task) && task.ClusterArn == cluster.Arn ? task : null;

    /// <summary>"family" (its newest active revision), "family:7" or an ARN.</summary>
    public static TaskDefinition? TaskDefinition(EcsSnapshot snapshot, string name)
    {
        var shortName = Names.Short(name);
        var colon = shortName.LastIndexOf(':');
        if (colon < 0) return snapshot.Family(shortName).LastOrDefault(definition => definition.Status == Model.TaskDefinition.Active);
        return int.TryParse(shortName[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? snapshot.TaskDefinitions.GetValueOrDefault(Names.TaskDefinition(shortName[..colon], revision))
            : null;
    }

    /// <summary>A task definition that tasks may be started of.</summary>
    public static TaskDefinition Startable(EcsSnapshot snapshot, string name)
    {
        var definition = TaskDefinition(snapshot, name) ?? throw Refusals.Client("TaskDefinition not found.");
        return definition.Status == Model.TaskDefinition.Active ? definition : throw Refusals.Client("TaskDefinition is inactive");
    }
}
