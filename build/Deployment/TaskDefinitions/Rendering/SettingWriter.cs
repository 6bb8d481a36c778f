using System.Globalization;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>
/// Writes settings into a document: what is there is replaced in its place, what is new comes last. Every token that it
/// writes remembers the setting.
/// </summary>
internal sealed class SettingWriter(TaskDefinitionDocument document, IReadOnlyList<JObject> targets, List<Finding> findings)
{
    public void Write(TaskDefinitionChanges changes)
    {
        Put("cpu", changes.Cpu);
        Put("memory", changes.Memory);
        Put("executionRoleArn", changes.ExecutionRoleArn);
        Put("taskRoleArn", changes.TaskRoleArn);
        foreach (var image in changes.Images) Put(image);
        if (changes.Command is { } command)
        {
            foreach (var target in targets) Put(target, "command", new JArray(command.Value), command.Origin);
        }

        new ContainerEntries(document, targets, findings).Write(changes.Containers);
    }

    /// <summary>Sets a member in its place, or adds it at the end.</summary>
    public static void Put(JObject owner, string name, JToken value, string origin)
    {
        owner[name] = value;
        owner[name]!.AddAnnotation(OriginOf(origin));
    }

    /// <summary>"--env", or a file with its place.</summary>
    public static SettingOrigin OriginOf(string origin) =>
        origin.Split(':') is [.. var file, var line, var column]
            && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? new SettingOrigin(string.Join(':', file)) { Position = new TextPosition(row, place) }
                : new SettingOrigin(origin);

    private void Put(string name, Setting<string>? setting)
    {
        if (setting is not null) Put(document.Root, name, new JValue(setting.Value), setting.Origin);
    }

    private void Put(ContainerImage image)
    {
        var container = document.Containers.FirstOrDefault(candidate => ContainerChoice.NameOf(candidate) == image.Container);
        if (container is not null && !targets.Contains(container))
        {
            Put(container, "image", new JValue(image.Uri), image.Origin);
            return;
        }

        var others = document.Containers.Where(other => !targets.Contains(other)).Select(other => $"'{ContainerChoice.NameOf(other)}'").ToList();
        findings.Add(Missing(
            image.Origin,
            container is null
                ? $"The setting '{TaskDefinitionOptions.ContainerImage.JsonMember}' names the container '{image.Container}', which is not there."
                : $"The container '{image.Container}' gets the image of this deployment.",
            others.Count == 0 ? "nothing, as no container is left for another image" : string.Join(", ", others)));
    }

    private Finding Missing(string origin, string problem, string allowed)
    {
        var setting = OriginOf(origin);
        return document.At(document.Root, RenderRules.SettingTarget, problem, allowed) with
        {
            File = setting.Name,
            Line = setting.Position?.Line,
            Column = setting.Position?.Column,
            JsonPath = "containerDefinitions",
        };
    }
}
