using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>One check of one document: what every rule asks for, and the findings.</summary>
internal sealed class CheckRun
{
    private readonly List<Finding> findings = [];
    private readonly HashSet<JObject> targets = new(ReferenceEqualityComparer.Instance);

    public CheckRun(TaskDefinitionDocument document, CheckContext context)
    {
        (Document, Context) = (document, context);
        Containers = [.. document.Containers];
        IsFargate = HasText(Root["requiresCompatibilities"], "FARGATE");
        NetworkMode = TextOf(Root["networkMode"]);
        IsWindows = TextOf((Root["runtimePlatform"] as JObject)?["operatingSystemFamily"])?.StartsWith("WINDOWS", StringComparison.Ordinal) == true;
        if (Containers.Count > 0) ChooseTargets();
    }

    public TaskDefinitionDocument Document { get; }

    public CheckContext Context { get; }

    public JObject Root => Document.Root;

    /// <summary>The container definitions that are objects.</summary>
    public IReadOnlyList<JObject> Containers { get; }

    public bool IsFargate { get; }

    public bool IsWindows { get; }

    public string? NetworkMode { get; }

    /// <summary>The container names that were seen so far.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the task has a network interface of its own.</summary>
    public bool IsAwsVpc => NetworkMode == "awsvpc";

    /// <summary>Every finding, each once, in the order of the text; those of settings last.</summary>
    public IReadOnlyList<Finding> Findings =>
        [.. findings.Distinct().OrderBy(finding => finding.Line ?? int.MaxValue).ThenBy(finding => finding.Column)];

    public static string? TextOf(JToken? token) => token is JValue { Type: JTokenType.String } value ? (string?)value.Value : null;

    /// <summary>A whole number that fits; null for anything else.</summary>
    public static int? NumberOf(JToken? token) =>
        token is JRaw number
        && int.TryParse((string)number.Value!, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    public static bool? FlagOf(JToken? token) => token is JValue { Type: JTokenType.Boolean } flag ? (bool)flag.Value! : null;

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
    public void Add(JToken token, TaskDefinitionRule rule, string problem, string allowed) =>
        findings.Add(Document.At(token, rule, problem, allowed));

    /// <summary>Adds a finding that shows something else than the token's own value.</summary>
    public void Add(JToken token, TaskDefinitionRule rule, string problem, string allowed, string found) =>
        findings.Add(Document.At(token, rule, problem, allowed) with { Found = found });

    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>Whether a container gets the image, whatever stands in it now.</summary>
    public bool GetsImage(JObject container) => targets.Contains(container);

    private void ChooseTargets()
    {
        if (Context.Containers.Count == 0) Choose(null);
        foreach (var name in Context.Containers) Choose(name);
    }

    private void Choose(string? name)
    {
        if (ContainerChoice.Find(Document, name, out var problem) is { } target) targets.Add(target);
        if (problem is not null) findings.Add(problem);
    }
}
