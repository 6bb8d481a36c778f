using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>What ECS checks of a task definition beyond its shape; the first broken rule is the answer, as with ECS.</summary>
internal static partial class TaskDefinitionRules
{
    public static void Check(JsonObject document)
    {
        var family = (string?)document["family"] ?? "";
        if (!Family().IsMatch(family))
            throw Refusals.Client("Family contains invalid characters. Specify up to 255 letters, numbers, hyphens or underscores.");
        var containers = ContainerDefinition.All(document);
        if (containers.Count == 0) throw Refusals.Client("Container list cannot be empty.");
        foreach (var container in containers) Check(container);
        foreach (var container in Objects(document["containerDefinitions"])) HealthCheckRules.Check(container);
        if (containers.GroupBy(container => container.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Refusals.Client($"Duplicate container name found: {twice.Key}.");
        if (!containers.Any(container => container.Essential))
            throw Refusals.Client("A task definition must have at least one essential container.");
        if (Contains(document["requiresCompatibilities"], "FARGATE")) CheckFargate(document, containers);
    }

    private static void Check(ContainerDefinition container)
    {
        if (!Family().IsMatch(container.Name)) throw Refusals.Client("Container.name should not be null or empty, and must match [a-zA-Z0-9_-]{1,255}.");
        if (string.IsNullOrWhiteSpace(container.Image)) throw Refusals.Client("Container.image should not be null or empty.");
        if (container.Image.Any(char.IsWhiteSpace)) throw Refusals.Client("Container.image contains invalid characters.");
        if (container.Ports.Any(port => port > 65535)) throw Refusals.Client("Invalid 'containerPort' setting for container.");
    }

    private static void CheckFargate(JsonObject document, IReadOnlyList<ContainerDefinition> containers)
    {
        if ((string?)document["networkMode"] != "awsvpc") throw Refusals.Client("Fargate only supports network mode 'awsvpc'.");
        var cpu = (string?)document["cpu"];
        var memory = (string?)document["memory"];
        if (cpu is null) throw Refusals.Client("Fargate requires that 'cpu' be defined at the task level.");
        if (memory is null) throw Refusals.Client("Fargate requires that 'memory' be defined at the task level.");
        if (TaskSize.Cpu(cpu) is not { } units) throw Refusals.Client("Invalid 'cpu' setting for task.");
        if (TaskSize.Memory(memory) is not { } mebibytes) throw Refusals.Client("Invalid 'memory' setting for task.");
        if (!TaskSize.IsFargate(units, mebibytes))
        {
            throw Refusals.Client($"No Fargate configuration exists for given values: {units} CPU, {mebibytes} memory. "
                + "See the Amazon ECS documentation for the valid values.");
        }

        if (document["executionRoleArn"] is null && containers.Any(container => container.Logs is not null))
            throw Refusals.Client("Fargate requires task definition to have execution role ARN to support log driver awslogs.");
        if (containers.Any(container => container.StopTimeout.TotalSeconds is < 2 or > 120))
            throw Refusals.Client("Fargate requires 'stopTimeout' to be between 2 and 120 seconds.");
        foreach (var mapping in Objects(document["containerDefinitions"]).SelectMany(container => Objects(container["portMappings"])))
        {
            if ((int?)mapping["hostPort"] is { } host and not 0 && host != (int?)mapping["containerPort"])
                throw Refusals.Client("When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static bool Contains(JsonNode? list, string value) => list is JsonArray array && array.Any(item => (string?)item == value);

    [GeneratedRegex(@"\A[a-zA-Z0-9_\-]{1,255}\z")]
    private static partial Regex Family();
}
