using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>What is written into a task definition.</summary>
/// <param name="Image">The image URI, by digest.</param>
public sealed record RenderRequest(string Image)
{
    /// <summary>The containers that get it; empty: the only one, or the one named like the family.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>What settings change.</summary>
    public TaskDefinitionChanges Changes { get; init; } = TaskDefinitionChanges.None;

    /// <summary>What placeholders stand for; null leaves them as they are: a registered revision has none.</summary>
    public PlaceholderValues? Placeholders { get; init; }
}

/// <summary>A rendered task definition; ready to register where no finding is an error and <see cref="TaskDefinitionChecks"/> have none either.</summary>
/// <param name="Document">The document; tokens from the source keep their place in it.</param>
/// <param name="Text">The same as text, UTF-8 without byte order mark when written.</param>
/// <param name="Containers">The containers that got the image.</param>
/// <param name="Findings">What rendering found; the checks are for the caller.</param>
public sealed record RenderedTaskDefinition(
    TaskDefinitionDocument Document, string Text, IReadOnlyList<string> Containers, IReadOnlyList<Finding> Findings)
{
    /// <summary>The family that it names.</summary>
    public string Family => Document.Family ?? string.Empty;
}

/// <summary>Writes image and settings into a task definition and leaves the rest as it is: unknown members, order, digits. Pure.</summary>
public static class TaskDefinitionRenderer
{
    private const string EditorSchema = "$schema";

    /// <summary>Members of the service's answer that RegisterTaskDefinition does not take.</summary>
    /// <remarks>Source: the ECS service model, TaskDefinition against RegisterTaskDefinitionRequest.</remarks>
    internal static readonly IReadOnlySet<string> ResponseOnly = new HashSet<string>(StringComparer.Ordinal)
    {
        "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
        "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt",
    };

    /// <summary>Renders any document that could be read. The source is not changed.</summary>
    public static RenderedTaskDefinition Render(TaskDefinitionDocument source, RenderRequest request)
    {
        var findings = new List<Finding>();
        var document = source.Copy();
        LeaveOutAnswers(document, findings);
        if (request.Placeholders is { } values) new PlaceholderExpansion(document, values, findings).Run();

        var targets = document.Containers.Any() ? ContainerChoice.FindAll(document, request.Containers, findings) : [];
        foreach (var target in targets) PutImage(document, target, request.Image, findings);
        new SettingWriter(document, targets, findings).Write(request.Changes);
        return new RenderedTaskDefinition(
            document, CanonicalJson.Write(document.Root), [.. targets.Select(target => ContainerChoice.NameOf(target) ?? string.Empty)], findings);
    }

    private static void LeaveOutAnswers(TaskDefinitionDocument document, List<Finding> findings)
    {
        foreach (var member in document.Root.Properties().ToList())
        {
            if (member.Name == EditorSchema)
                findings.Add(document.At(member, ModelRules.SchemaMember, "This member is for editors; it is left out.", "members of the request"));
            else if (ResponseOnly.Contains(member.Name))
                findings.Add(document.At(member, ModelRules.ResponseOnly, "Only the service's answers have this member; it is left out.", "members of the request"));
            else
                continue;
            member.Remove();
        }
    }

    // What stands there now is looked at once more: it is gone when the rendered document is checked.
    private static void PutImage(TaskDefinitionDocument document, JObject container, string image, List<Finding> findings)
    {
        var before = container["image"];
        if (before is not null && DocumentChecks.IsReplaceMe(before))
            findings.Add(document.At(before, DocumentChecks.ReplaceMe, DocumentChecks.ReplaceMeProblem, DocumentChecks.ReplaceMeAllowed));

        container["image"] = image;
    }
}
