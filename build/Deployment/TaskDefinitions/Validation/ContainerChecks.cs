using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about containers among each other and their names.</summary>
internal static class ContainerChecks
{
    public static TaskDefinitionRule Chosen { get; } = RuleSource.Settings.Error(
        "container-choice", "The settings name the containers that get the image, where there are several");

    public static TaskDefinitionRule Name { get; } = RuleSource.Api("ContainerDefinition").Error(
        "container-name", "A container has a name of 1 to 255 letters, digits, hyphens and underscores") with { InSchema = true };

    public static TaskDefinitionRule Twin { get; } = RuleSource.Api("ContainerDefinition").Error(
        "container-name-twice", "No two containers have the same name");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Chosen, Name, Twin];

    public static void Check(CheckRun run, JObject container)
    {
        var name = container["name"];
        var text = CheckRun.TextOf(name);
        if (!Names.IsValid(text)) run.Add(name ?? container, Name, name is null ? "The container has no name." : "This is no container's name.", Names.Allowed);
        else if (!run.Names.Add(text!)) run.Add(name!, Twin, "Another container has the same name.", "a name of its own");
    }
}
