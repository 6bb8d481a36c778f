using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>Which container of a task definition gets the image.</summary>
internal static class ContainerChoice
{
    /// <summary>The named container; without a name the only one, or the one that is named like the family. Else null, with the reason.</summary>
    public static JObject? Find(TaskDefinitionDocument document, string? name, out Finding? problem)
    {
        problem = null;
        var containers = document.Containers.ToList();
        if (name is null && containers.Count == 1) return containers[0];

        var wanted = name ?? document.Family;
        var found = containers.Find(container => NameOf(container) is { } candidate && candidate == wanted);
        if (found is not null) return found;

        var place = document.Root["containerDefinitions"] ?? document.Root;
        var names = string.Join(", ", containers.Select(container => $"'{NameOf(container)}'"));
        var message = name is not null
            ? $"The setting 'container' names '{name}', but the containers are {names}."
            : $"Which of the containers {names} gets the image? Name it with --container=<name>.";
        problem = document.At(place, FindingSeverity.Error, message, TaskDefinitionDocument.SettingsSource);
        return null;
    }

    public static string? NameOf(JObject container) => container["name"] is JValue { Type: JTokenType.String } name ? (string?)name : null;
}
