using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>
/// Whether a registered revision and a rendered document mean the same. ECS answers with defaults filled in, empty
/// lists added and some lists in another order; none of that is a difference.
/// </summary>
public static class TaskDefinitionComparison
{
    /// <summary>What tells an entry of a list from the others, by the list's name; elsewhere "name".</summary>
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["tags"] = "key",
        ["mountPoints"] = "containerPath",
        ["volumesFrom"] = "sourceContainer",
        ["dependsOn"] = "containerName",
        ["systemControls"] = "namespace",
        ["extraHosts"] = "hostname",
        ["inferenceAccelerators"] = "deviceName",
        ["resourceRequirements"] = "type",
    };

    /// <summary>Where the two differ, with what stands there, in the order of the paths; empty where they mean the same.</summary>
    public static IReadOnlyList<Difference> FindDifferences(TaskDefinitionDocument live, TaskDefinitionDocument wanted)
    {
        var differences = new List<Difference>();
        Compare(CanonicalTaskDefinition.Of(live.Root), CanonicalTaskDefinition.Of(wanted.Root), string.Empty, string.Empty, differences);
        return differences;
    }

    private static void Compare(JToken? left, JToken? right, string name, string path, List<Difference> differences)
    {
        if (JToken.DeepEquals(left, right)) return;
        if (left is JObject first && right is JObject second)
        {
            foreach (var member in first.Properties().Concat(second.Properties()).Select(member => member.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                Compare(first[member], second[member], member, path.Length == 0 ? member : $"{path}.{member}", differences);
        }
        else if (left is JArray or null && right is JArray or null && Keyed(left as JArray, name) is { } before && Keyed(right as JArray, name) is { } after)
        {
            foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
                CompareEntries(before.GetValueOrDefault(key), after.GetValueOrDefault(key), $"{path}[{key}]", differences);
        }
        else
        {
            Add(left, right, path, differences);
        }
    }

    /// <summary>An entry that is nothing but a name and a value reads as its value.</summary>
    private static void CompareEntries(JToken? left, JToken? right, string path, List<Difference> differences)
    {
        var (before, after) = (Payload(left), Payload(right));
        var arePlain = (left is null || before is not null) && (right is null || after is not null);
        if (arePlain)
            Add(before, after, path, differences);
        else
            Compare(left, right, string.Empty, path, differences);
    }

    private static JToken? Payload(JToken? entry) =>
        entry is JObject { Count: 2 } pair ? pair["value"] ?? pair["valueFrom"] : null;

    private static void Add(JToken? left, JToken? right, string path, List<Difference> differences)
    {
        if (JToken.DeepEquals(left, right)) return;
        var (before, after) = (ShownValue.Of(left), ShownValue.Of(right));
        var isUnseen = before is not null && before == after;
        differences.Add(new Difference(path, before, isUnseen ? $"{after}, changed" : after));
    }

    private static Dictionary<string, JToken>? Keyed(JArray? array, string name)
    {
        var result = new Dictionary<string, JToken>(StringComparer.Ordinal);
        foreach (var item in array ?? [])
        {
            if (item is not JObject { } entry || KeyOf(entry, name) is not { } key || !result.TryAdd(key, item)) return null;
        }

        return result;
    }

    private static string? KeyOf(JObject entry, string name)
    {
        if (name != "portMappings") return TaskDefinitionChecks.TextOf(entry[Keys.GetValueOrDefault(name, "name")]);
        var port = entry["containerPort"] is JRaw number ? (string?)number : TaskDefinitionChecks.TextOf(entry["containerPortRange"]);
        return port is null ? null : $"{port}/{TaskDefinitionChecks.TextOf(entry["protocol"]) ?? "tcp"}";
    }
}
