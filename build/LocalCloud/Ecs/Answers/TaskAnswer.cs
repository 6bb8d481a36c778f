using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Answers;

/// <summary>A task as DescribeTasks shows it.</summary>
internal static class TaskAnswer
{
    public static JsonObject Of(EcsTask task, TaskDefinition? definition, bool withTags) => Json.WithoutNulls(new JsonObject
    {
        ["attachments"] = new JsonArray(Attachment(task)),
        ["attributes"] = new JsonArray(new JsonObject { ["name"] = "ecs.cpu-architecture", ["value"] = Architecture(definition) }),
        ["availabilityZone"] = $"{Account.Region}a",
        ["clusterArn"] = task.ClusterArn,
        ["connectivity"] = task.ConnectivityAt is null ? null : "CONNECTED",
        ["connectivityAt"] = Json.Time(task.ConnectivityAt),
        ["containers"] = Json.Array(task.Containers, container => Container(task, container)),
        ["cpu"] = (string?)task.Overrides["cpu"] ?? (string?)definition?.Document["cpu"],
        ["createdAt"] = Json.Time(task.CreatedAt),
        ["desiredStatus"] = task.DesiredStatus,
        ["enableExecuteCommand"] = false,
        ["executionStoppedAt"] = Json.Time(task.ExecutionStoppedAt),
        ["group"] = task.Group,
        ["healthStatus"] = task.Health,
        ["lastStatus"] = task.LastStatus,
        ["launchType"] = "FARGATE",
        ["memory"] = (string?)task.Overrides["memory"] ?? (string?)definition?.Document["memory"],
        ["overrides"] = Overrides(task),
        ["platformFamily"] = "Linux",
        ["platformVersion"] = "1.4.0",
        ["pullStartedAt"] = Json.Time(task.PullStartedAt),
        ["pullStoppedAt"] = Json.Time(task.PullStoppedAt),
        ["startedAt"] = Json.Time(task.StartedAt),
        ["startedBy"] = task.StartedBy,
        ["stopCode"] = task.StopCode,
        ["stoppedAt"] = Json.Time(task.StoppedAt),
        ["stoppedReason"] = task.StoppedReason,
        ["stoppingAt"] = Json.Time(task.StoppingAt),
        ["tags"] = withTags ? Json.Copy(task.Tags) : new JsonArray(),
        ["taskArn"] = task.Arn,
        ["taskDefinitionArn"] = task.TaskDefinitionArn,
        ["version"] = task.Version,
    });

    private static JsonObject Container(EcsTask task, EcsContainer container) => Json.WithoutNulls(new JsonObject
    {
        ["containerArn"] = $"{task.Arn.Replace(":task/", ":container/", StringComparison.Ordinal)}/{container.Id}",
        ["taskArn"] = task.Arn,
        ["name"] = container.Name,
        ["image"] = container.Image,
        ["imageDigest"] = container.ImageDigest,
        ["runtimeId"] = container.RuntimeId,
        ["lastStatus"] = container.LastStatus,
        ["exitCode"] = container.ExitCode,
        ["reason"] = container.Reason,
        ["networkBindings"] = new JsonArray(),
        ["networkInterfaces"] = new JsonArray(new JsonObject { ["attachmentId"] = AttachmentId(task), ["privateIpv4Address"] = task.Address }),
        ["healthStatus"] = container.Health,
        ["cpu"] = $"{container.Cpu}",
        ["memory"] = container.Memory is { } memory ? $"{memory}" : null,
        ["memoryReservation"] = container.MemoryReservation is { } reservation ? $"{reservation}" : null,
    });

    private static JsonObject Attachment(EcsTask task) => new()
    {
        ["id"] = AttachmentId(task),
        ["type"] = "ElasticNetworkInterface",
        ["status"] = task switch
        {
            { IsStopped: true } => "DELETED",
            { ConnectivityAt: null } => "PRECREATED",
            _ => "ATTACHED",
        },
        ["details"] = new JsonArray(
            new JsonObject { ["name"] = "subnetId", ["value"] = "subnet-0localcloud000001" },
            new JsonObject { ["name"] = "networkInterfaceId", ["value"] = $"eni-{task.Id[..17]}" },
            new JsonObject { ["name"] = "privateIPv4Address", ["value"] = task.Address }),
    };

    private static JsonObject Overrides(EcsTask task)
    {
        var overrides = Json.Copy(task.Overrides);
        overrides["containerOverrides"] ??= Json.Array(task.Containers, container => new JsonObject { ["name"] = container.Name });
        overrides["inferenceAcceleratorOverrides"] ??= new JsonArray();
        return overrides;
    }

    /// <summary>A task's attachment id, in UUID form, made of the task's own id.</summary>
    private static string AttachmentId(EcsTask task) => Guid.ParseExact(task.Id, "N").ToString("D");

    private static string Architecture(TaskDefinition? definition) =>
        (string?)definition?.Document["runtimePlatform"]?["cpuArchitecture"] == "ARM64" ? "arm64" : "x86_64";
}
