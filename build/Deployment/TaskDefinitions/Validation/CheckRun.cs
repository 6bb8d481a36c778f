using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>One check of one document: what every rule asks for, and the findings.</summary>
internal sealed class CheckRun
{
    /// <summary>Nobody reads more, and each costs a walk to the root.</summary>
    private const int MostFindings = 200;

    private readonly List<Finding> findings = [];
    private readonly Dictionary<string, JObject> byName = new(StringComparer.Ordinal);
    private readonly HashSet<JObject> targets = new(ReferenceEqualityComparer.Instance);

    public CheckRun(TaskDefinitionDocument document, CheckContext context)
    {
        (Document, Context) = (document, context);
        Containers = [.. document.Containers];
        IsFargate = HasText(Root["requiresCompatibilities"], "FARGATE");
        NetworkMode = TextOf(Root["networkMode"]);
        IsWindows = TextOf((Root["runtimePlatform"] as JObject)?["operatingSystemFamily"])?.StartsWith("WINDOWS", StringComparison.Ordinal) == true;
        foreach (var container in Containers)
        {
            if (TextOf(container["name"]) is { } name) byName.TryAdd(name, container);
        }

        if (Containers.Count > 0) targets.UnionWith(ContainerChoice.FindAll(document, context.Containers, findings));
    }

    public TaskDefinitionDocument Document { get; }

    public CheckContext Context { get; }

    public JObject Root => Document.Root;

    /// <summary>The container definitions that are objects.</summary>
    public IReadOnlyList<JObject> Containers { get; }

    public bool IsFargate { get; }

    public bool IsWindows { get; }

    public string? NetworkMode { get; }

    /// <summary>The container of this name; null where there is none.</summary>
    public JObject? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The names of all containers but one, for a finding.</summary>
    public string OtherNames(JObject container)
    {
        var others = byName.Where(entry => !ReferenceEquals(entry.Value, container)).Select(entry => FoundText.Quoted(entry.Key)).Take(20).ToList();
        return others.Count == 0 ? "another container, and there is none" : string.Join(", ", others);
    }

    /// <summary>Whether the task has a network interface of its own.</summary>
    public bool IsAwsVpc => NetworkMode == "awsvpc";

    /// <summary>Every finding, each once, in the order of the text; those of settings last.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get
        {
            var ordered = new List<Finding>(new HashSet<Finding>(findings));
            ordered.Sort(ByPlace);
            return ordered;
        }
    }

    public static string? TextOf(JToken? token) => token is JValue { Type: JTokenType.String } value ? (string?)value.Value : null;

    /// <summary>A whole number that fits; null for anything else.</summary>
    public static int? NumberOf(JToken? token) =>
        token is JRaw number
        && int.TryParse((string)number.Value!, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    public static bool? FlagOf(JToken? token) => token is JValue { Type: JTokenType.Boolean } flag ? (bool)flag.Value! : null;

    /// <summary>The member of a member, where the first is an object.</summary>
    public static JToken? Inner(JObject owner, string first, string second) => owner[first] is JObject inner ? inner[second] : null;

    /// <summary>The entries of a list that are objects; none where it is no list.</summary>
    public static IEnumerable<JObject> ObjectsOf(JToken? token) => token is JArray list ? list.OfType<JObject>() : [];

    public static bool HasText(JToken? list, string text)
    {
        if (list is not JArray items) return false;
        foreach (var item in items)
        {
            if (TextOf(item) == text) return true;
        }

        return false;
    }

    /// <summary>Adds a finding about a value.</summary>
    public void Add(JToken token, TaskDefinitionRule rule, string problem, string allowed)
    {
        if (findings.Count < MostFindings) findings.Add(Document.At(token, rule, problem, allowed));
        else if (findings.Count == MostFindings)
            findings.Add(Document.At(Root, DocumentChecks.TooMany, "There are more findings than anybody reads.", FormattableString.Invariant($"at most {MostFindings}")));
    }

    /// <summary>Adds a finding that shows something else than the token's own value.</summary>
    public void Add(JToken token, TaskDefinitionRule rule, string problem, string allowed, string found)
    {
        Add(token, rule, problem, allowed);
        if (findings[^1].Rule == rule) findings[^1] = findings[^1] with { Found = found };
    }

    /// <summary>Whether a container gets the image, whatever stands in it now.</summary>
    public bool GetsImage(JObject container) => targets.Contains(container);

    /// <summary>Whether it is known which containers get the image.</summary>
    public bool HasTargets => targets.Count > 0;

    // Sorting is not stable: findings of one place go by their rules.
    private static int ByPlace(Finding one, Finding other)
    {
        var lines = (one.Line ?? int.MaxValue).CompareTo(other.Line ?? int.MaxValue);
        if (lines != 0) return lines;
        var columns = (one.Column ?? 0).CompareTo(other.Column ?? 0);
        return columns != 0 ? columns : string.CompareOrdinal(one.ToString(), other.ToString());
    }
}
