using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>Which containers of a task definition get the image.</summary>
internal static class ContainerChoice
{
    /// <summary>The named containers; without names the only one, or the one that is named like the family. Names that are not there are findings.</summary>
    public static IReadOnlyList<JObject> FindAll(TaskDefinitionDocument document, IReadOnlyList<string> names, List<Finding> findings)
    {
        var found = new List<JObject>();
        foreach (var name in names.Count == 0 ? [null] : names.Cast<string?>())
        {
            if (Find(document, name, out var problem) is { } target) found.Add(target);
            if (problem is not null) findings.Add(problem);
        }

        return found;
    }

    /// <summary>The named container; without a name the only one, or the one that is named like the family. Else null, with the reason.</summary>
    private static JObject? Find(TaskDefinitionDocument document, string? name, out Finding? problem)
    {
        problem = null;
        var containers = document.Containers.ToList();
        if (name is null && containers.Count == 1) return containers[0];

        var wanted = name ?? document.Family;
        var found = containers.Find(container => NameOf(container) is { } candidate && candidate == wanted);
        if (found is not null) return found;

        var place = document.Root["containerDefinitions"] ?? document.Root;
        var names = string.Join(", ", containers.Select(container => $"'{NameOf(container)}'"));
        var question = name is not null
            ? $"The setting 'container' names '{name}', which is not there."
            : "Which of the containers gets the image? Name it with --container=<name>.";
        problem = document.At(place, ContainerChecks.Chosen, question, names);
        return null;
    }

    public static string? NameOf(JObject container) => CheckRun.TextOf(container["name"]);
}
