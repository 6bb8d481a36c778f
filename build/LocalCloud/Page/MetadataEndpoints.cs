using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Storage;

namespace Slipway.LocalCloud.Page;

/// <summary>The task metadata endpoint, version 4: what a program in a task can learn about itself.</summary>
internal static class MetadataEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, EcsState state)
    {
        routes.MapGet("/_local/metadata/{id}", (string id) => Container(state.Current, id) is var (task, container)
            ? Answer(Container(task, container))
            : Results.NotFound());
        routes.MapGet("/_local/metadata/{id}/task", (string id) => Container(state.Current, id) is var (task, _)
            ? Answer(Task(state.Current, task))
            : Results.NotFound());
    }

    private static IResult Answer(JsonObject document) => Results.Text(document.ToJsonString(), "application/json");

    /// <summary>"taskid" names the first container, "taskid-1" the second one.</summary>
    private static (EcsTask Task, EcsContainer Container)? Container(EcsSnapshot snapshot, string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        var index = 0;
        if (dash >= 0 && !int.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index)) return null;
        if (!snapshot.Tasks.TryGetValue(dash < 0 ? id : id[..dash], out var task)) return null;
        return index < task.Containers.Length ? (task, task.Containers[index]) : null;
    }

    private static JsonObject Container(EcsTask task, EcsContainer container) => Json.WithoutNulls(new JsonObject
    {
        ["DockerId"] = container.RuntimeId,
        ["Name"] = container.Name,
        ["DockerName"] = container.Name,
        ["Image"] = container.Image,
        ["ImageID"] = container.ImageDigest,
        ["Labels"] = new JsonObject
        {
            ["com.amazonaws.ecs.cluster"] = task.ClusterArn,
            ["com.amazonaws.ecs.container-name"] = container.Name,
            ["com.amazonaws.ecs.task-arn"] = task.Arn,
            ["com.amazonaws.ecs.task-definition-family"] = Family(task),
            ["com.amazonaws.ecs.task-definition-version"] = Revision(task),
        },
        ["DesiredStatus"] = task.DesiredStatus,
        ["KnownStatus"] = container.LastStatus,
        ["CreatedAt"] = Time(task.CreatedAt),
        ["StartedAt"] = Time(task.StartedAt),
        ["Type"] = "NORMAL",
        ["Networks"] = new JsonArray(new JsonObject { ["NetworkMode"] = "awsvpc", ["IPv4Addresses"] = new JsonArray(task.Address) }),
    });

    private static JsonObject Task(EcsSnapshot snapshot, EcsTask task) => Json.WithoutNulls(new JsonObject
    {
        ["Cluster"] = task.ClusterArn,
        ["TaskARN"] = task.Arn,
        ["Family"] = Family(task),
        ["Revision"] = Revision(task),
        ["ServiceName"] = task.ServiceArn is null ? null : Names.Short(task.ServiceArn),
        ["DesiredStatus"] = task.DesiredStatus,
        ["KnownStatus"] = task.LastStatus,
        ["Containers"] = Json.Array(task.Containers, container => Container(task, container)),
        ["LaunchType"] = "FARGATE",
        ["AvailabilityZone"] = $"{Protocol.Account.Region}a",
        ["PullStartedAt"] = Time(task.PullStartedAt),
        ["PullStoppedAt"] = Time(task.PullStoppedAt),
        ["Limits"] = Limits(snapshot.TaskDefinitions.GetValueOrDefault(task.TaskDefinitionArn)),
    });

    private static JsonObject? Limits(TaskDefinition? definition) =>
        TaskSize.Cpu((string?)definition?.Document["cpu"]) is { } cpu && TaskSize.Memory((string?)definition?.Document["memory"]) is { } memory
            ? new JsonObject { ["CPU"] = cpu / 1024d, ["Memory"] = memory }
            : null;

    private static string Family(EcsTask task) => Names.Short(task.TaskDefinitionArn).Split(':')[0];

    private static string Revision(EcsTask task) => Names.Short(task.TaskDefinitionArn).Split(':')[^1];

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
