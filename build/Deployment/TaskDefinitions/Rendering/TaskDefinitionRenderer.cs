using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>A task definition that is ready to register.</summary>
/// <param name="Text">The document, UTF-8 without byte order mark when written.</param>
/// <param name="Family">The family that it names.</param>
/// <param name="Container">The container that got the image.</param>
/// <param name="Notes">What was left out, and where it stood.</param>
public sealed record RenderedTaskDefinition(string Text, string Family, string Container, IReadOnlyList<Finding> Notes);

/// <summary>Writes an image into a task definition and leaves the rest as it is. Pure.</summary>
public static class TaskDefinitionRenderer
{
    /// <summary>Members of the service's answer that RegisterTaskDefinition does not take.</summary>
    /// <remarks>Source: the ECS service model, TaskDefinition against RegisterTaskDefinitionRequest.</remarks>
    internal static readonly IReadOnlySet<string> ResponseOnly = new HashSet<string>(StringComparer.Ordinal)
    {
        "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
        "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt",
    };

    /// <summary>Renders a document that <see cref="TaskDefinitionChecks"/> found without error.</summary>
    /// <param name="document">The document as its author wrote it.</param>
    /// <param name="image">The image URI, by digest.</param>
    /// <param name="container">The container that gets it; null: the only one, or the one named like the family.</param>
    public static RenderedTaskDefinition Render(TaskDefinitionDocument document, string image, string? container)
    {
        var target = ContainerChoice.Find(document, container, out var problem);
        if (target is null) Findings.ThrowIfRefused(document.File, [problem!]);

        var notes = document.Root.Properties()
            .Where(member => ResponseOnly.Contains(member.Name))
            .Select(member => document.At(member, ModelRules.ResponseOnly, "Only the service's answers have this member; it is left out.", "members of the request"))
            .ToList();

        var index = ((JArray)target!.Parent!).IndexOf(target);
        var root = (JObject)document.Root.DeepClone();
        foreach (var name in ResponseOnly) root.Remove(name);
        root["containerDefinitions"]![index]!["image"] = image;
        return new RenderedTaskDefinition(
            CanonicalJson.Write(root), document.Family ?? string.Empty, ContainerChoice.NameOf(target) ?? string.Empty, notes);
    }
}
