using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>
/// Whether a registered revision and a rendered document mean the same. ECS answers with defaults filled in, empty
/// lists added and some lists in another order; none of that is a difference.
/// </summary>
public sealed class TaskDefinitionComparison
{
    private readonly List<Difference> differences = [];
    private readonly Equivalence before;
    private readonly Equivalence after;
    private readonly DifferencePath path = new();

    private TaskDefinitionComparison(JObject before, JObject after) => (this.before, this.after) = (new(before), new(after));

    /// <summary>Where the two differ, with what stands there, in the order of the paths; empty where they mean the same.</summary>
    public static IReadOnlyList<Difference> FindDifferences(TaskDefinitionDocument live, TaskDefinitionDocument wanted)
    {
        var comparison = new TaskDefinitionComparison(live.Root, wanted.Root);
        comparison.CompareObjects(live.Root, wanted.Root, string.Empty);
        comparison.differences.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return comparison.differences;
    }

    private void CompareObjects(JObject left, JObject right, string parent)
    {
        var common = 0;
        for (var token = left.First; token is not null; token = token.Next)
        {
            var member = (JProperty)token;
            var other = right.Property(member.Name, StringComparison.Ordinal);
            if (other is not null) common++;
            CompareMembers(member.Name, member, other, parent);
        }

        for (var token = common == right.Count ? null : right.First; token is not null; token = token.Next)
        {
            var member = (JProperty)token;
            if (left.Property(member.Name, StringComparison.Ordinal) is null) CompareMembers(member.Name, null, member, parent);
        }
    }

    private void CompareMembers(string name, JProperty? left, JProperty? right, string parent)
    {
        if (path.IsRoot && TaskDefinitionRenderer.ResponseOnly.Contains(name)) return;
        path.EnterMember(name);
        Compare(before.Meaning(parent, left), after.Meaning(parent, right), parent, name);
        path.Leave();
    }

    private void Compare(JToken? left, JToken? right, string parent, string name)
    {
        if (left is null && right is null) return;
        if (left is JObject one && right is JObject other) CompareObjects(one, other, name);
        else if (left is JArray or null && right is JArray or null) CompareLists(left as JArray, right as JArray, name);
        else if (left is null || right is null || !Equivalence.AreSame(parent, name, left, right)) Add(left, right);
    }

    private void CompareLists(JArray? left, JArray? right, string name)
    {
        if (ListKeys.Find(left, name) is { } one && ListKeys.Find(right, name) is { } other)
        {
            var common = 0;
            foreach (var (key, entry) in one)
            {
                if (other.TryGetValue(key, out var match)) common++;
                CompareEntries(entry, match, name, key);
            }

            if (common == other.Count) return;
            foreach (var (key, entry) in other)
            {
                if (!one.ContainsKey(key)) CompareEntries(null, entry, name, key);
            }
        }
        else if (left is null || right is null || !AreSame(left, right, name))
        {
            Add(left, right);
        }
    }

    /// <summary>An entry that is nothing but a name and a value reads as its value.</summary>
    private void CompareEntries(JObject? left, JObject? right, string name, string key)
    {
        path.EnterEntry(key);
        var (one, other) = (Payload(left), Payload(right));
        var arePlain = (left is null || one is not null) && (right is null || other is not null);
        if (arePlain) Compare(one, other, name, "value");
        else if (left is not null && right is not null) CompareObjects(left, right, name);
        else Add(left, right);
        path.Leave();
    }

    private static JToken? Payload(JObject? entry) => entry is { Count: 2 } ? entry["value"] ?? entry["valueFrom"] : null;

    private bool AreSame(JArray left, JArray right, string name)
    {
        if (left.Count != right.Count) return false;
        var rest = right.ToList();
        foreach (var item in left)
        {
            var index = ListKeys.AreUnordered(name) ? rest.FindIndex(candidate => AreSame(item, candidate, name))
                : AreSame(item, rest[0], name) ? 0 : -1;
            if (index < 0) return false;
            rest.RemoveAt(index);
        }

        return true;
    }

    private bool AreSame(JToken left, JToken right, string name)
    {
        var found = differences.Count;
        path.EnterMember(name);
        Compare(left, right, name, name);
        path.Leave();
        var same = differences.Count == found;
        differences.RemoveRange(found, differences.Count - found);
        return same;
    }

    private void Add(JToken? left, JToken? right)
    {
        var (one, other) = (ShownValue.Of(left), ShownValue.Of(right));
        var isUnseen = one is not null && one == other;
        differences.Add(new Difference(path.ToString(), one, isUnseen ? $"{other}, changed" : other));
    }
}
