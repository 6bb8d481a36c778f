using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Answers;

/// <summary>A task definition as DescribeTaskDefinition shows it: the document, ECS's defaults and the members that only answers have.</summary>
internal static class TaskDefinitionAnswer
{
    private static readonly string[] EmptyLists = ["portMappings", "environment", "mountPoints", "volumesFrom", "systemControls"];

    public static JsonObject Of(TaskDefinition definition)
    {
        var answer = Json.Copy(definition.Document);
        answer["family"] = definition.Family;
        answer["taskDefinitionArn"] = definition.Arn;
        answer["revision"] = definition.Revision;
        answer["status"] = definition.Status;
        answer["volumes"] ??= new JsonArray();
        answer["placementConstraints"] ??= new JsonArray();
        if (TaskSize.Cpu((string?)answer["cpu"]) is { } cpu) answer["cpu"] = $"{cpu}";
        if (TaskSize.Memory((string?)answer["memory"]) is { } memory) answer["memory"] = $"{memory}";
        answer["compatibilities"] = (string?)answer["networkMode"] == "awsvpc" ? new JsonArray("EC2", "FARGATE") : new JsonArray("EC2");
        answer["requiresAttributes"] = RequiredAttributes(definition.Document);
        answer["registeredAt"] = Json.Time(definition.RegisteredAt);
        answer["registeredBy"] = Account.UserArn;
        if (definition.DeregisteredAt is { } at) answer["deregisteredAt"] = Json.Time(at);
        foreach (var container in (answer["containerDefinitions"] as JsonArray ?? []).OfType<JsonObject>()) Complete(container);
        return answer;
    }

    private static void Complete(JsonObject container)
    {
        container["cpu"] ??= 0;
        container["essential"] ??= true;
        foreach (var name in EmptyLists) container[name] ??= new JsonArray();
        foreach (var mapping in container["portMappings"]!.AsArray().OfType<JsonObject>())
        {
            mapping["protocol"] ??= "tcp";
            if (mapping["containerPort"] is { } port) mapping["hostPort"] ??= port.DeepClone();
        }

        if (container["healthCheck"] is not JsonObject check) return;
        check["interval"] ??= 30;
        check["timeout"] ??= 5;
        check["retries"] ??= 3;
    }

    private static JsonArray RequiredAttributes(JsonObject document)
    {
        var names = new List<string>();
        if ((string?)document["networkMode"] == "awsvpc") names.Add("ecs.capability.task-eni");
        if (document["executionRoleArn"] is not null) names.Add("ecs.capability.execution-role-ecr-pull");
        if (ContainerDefinition.All(document).Any(container => container.Logs is not null))
            names.Add("com.amazonaws.ecs.capability.logging-driver.awslogs");
        if (ContainerDefinition.All(document).Any(container => container.HealthCheck is not null))
            names.Add("ecs.capability.container-health-check");
        return Json.Array(names, name => new JsonObject { ["name"] = name });
    }
}
