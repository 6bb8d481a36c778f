using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>What tells the entries of a list apart, so that their order and position do not matter.</summary>
internal static class ListKeys
{
    /// <summary>The entries by their keys; null where one has none, or two have the same.</summary>
    public static Dictionary<string, JObject>? Find(JArray? list, string name)
    {
        var result = new Dictionary<string, JObject>(list?.Count ?? 0, StringComparer.Ordinal);
        for (var item = list?.First; item is not null; item = item.Next)
        {
            if (Equivalence.IsSetByAws(name, item)) continue;
            if (item is not JObject entry || KeyOf(entry, name) is not { } key || !result.TryAdd(key, entry)) return null;
        }

        return result;
    }

    /// <summary>Whether ECS ignores, and may change, the order of the list.</summary>
    public static bool AreUnordered(string name) => name is "requiresCompatibilities" or "placementConstraints" or "ulimits" or "properties"
        or "containerDefinitions" or "environment" or "secrets" or "portMappings" or "mountPoints" or "volumesFrom" or "volumes" or "tags"
        or "systemControls" or "secretOptions" or "extraHosts" or "dependsOn" or "resourceRequirements" or "inferenceAccelerators";

    private static string? KeyOf(JObject entry, string list) => list switch
    {
        "tags" => Text(entry, "key"),
        "mountPoints" => Text(entry, "containerPath"),
        "volumesFrom" => Text(entry, "sourceContainer"),
        "dependsOn" => Text(entry, "containerName"),
        "systemControls" => Text(entry, "namespace"),
        "extraHosts" => Text(entry, "hostname"),
        "inferenceAccelerators" => Text(entry, "deviceName"),
        "resourceRequirements" => Text(entry, "type"),
        "placementConstraints" => Text(entry, "expression") ?? Text(entry, "type"),
        "portMappings" => PortOf(entry),
        _ when AreUnordered(list) => Text(entry, "name"),
        _ => null,
    };

    private static string? PortOf(JObject mapping)
    {
        var port = mapping["containerPort"] is JRaw number ? (string?)number : Text(mapping, "containerPortRange");
        return port is null ? null : $"{port}/{Text(mapping, "protocol") ?? "tcp"}";
    }

    private static string? Text(JObject entry, string name) => CheckRun.TextOf(entry[name]);
}
