using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>
/// Whether a registered revision and a rendered document mean the same. ECS answers with defaults filled in, empty
/// lists added and some lists in another order; none of that is a difference.
/// </summary>
public static class TaskDefinitionComparison
{
    /// <summary>Where the two differ, as paths without values (values may be secrets); empty where they mean the same.</summary>
    public static IReadOnlyList<string> FindDifferences(TaskDefinitionDocument live, TaskDefinitionDocument wanted)
    {
        var differences = new List<string>();
        Compare(CanonicalTaskDefinition.Of(live.Root), CanonicalTaskDefinition.Of(wanted.Root), string.Empty, differences);
        return differences;
    }

    private static void Compare(JToken? left, JToken? right, string path, List<string> differences)
    {
        if (JToken.DeepEquals(left, right)) return;
        if (left is JObject first && right is JObject second)
        {
            foreach (var name in first.Properties().Concat(second.Properties()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
                Compare(first[name], second[name], path.Length == 0 ? name : $"{path}.{name}", differences);
        }
        else if (left is JArray one && right is JArray other && Keyed(one) is { } before && Keyed(other) is { } after)
        {
            foreach (var key in before.Keys.Union(after.Keys, StringComparer.Ordinal))
                Compare(before.GetValueOrDefault(key), after.GetValueOrDefault(key), $"{path}[{key}]", differences);
        }
        else
        {
            differences.Add(path);
        }
    }

    private static Dictionary<string, JToken>? Keyed(JArray array)
    {
        var result = new Dictionary<string, JToken>(StringComparer.Ordinal);
        foreach (var item in array)
        {
            if (item is not JObject { } entry || KeyOf(entry) is not { } key || !result.TryAdd(key, item)) return null;
        }

        return result;
    }

    private static string? KeyOf(JObject entry) =>
        TaskDefinitionChecks.TextOf(entry["name"] ?? entry["key"]) ?? (entry["containerPort"] as JValue)?.Value as string;
}
