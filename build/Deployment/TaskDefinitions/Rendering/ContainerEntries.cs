using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>Adds, replaces and removes variables, secrets, log options and labels of containers.</summary>
internal sealed class ContainerEntries(TaskDefinitionDocument document, IReadOnlyList<JObject> targets, List<Finding> findings)
{
    private const string Variables = "environment";
    private const string Secrets = "secrets";

    public void Write(IReadOnlyList<ContainerChange> changes)
    {
        if (changes.Count == 0) return;

        // Of two changes of the same entry only the later one happens, so that the entry keeps its place.
        var resolved = changes.SelectMany(Resolve).ToList();
        for (var index = 0; index < resolved.Count; index++)
        {
            var (container, name, change) = resolved[index];
            var isOverruled = resolved.Skip(index + 1).Any(later =>
                later.Container == container && later.Name == name && (later.Change.Kind == change.Kind || IsSameName(later.Change, change)));
            if (!isOverruled) Apply(container, name, change);
        }
    }

    // ECS refuses a container in which a variable and a secret have the same name.
    private static bool IsSameName(ContainerChange later, ContainerChange change) => later.Value is not null && change.Value is not null
        && later.Kind is ContainerChangeKind.Variable or ContainerChangeKind.Secret
        && change.Kind is ContainerChangeKind.Variable or ContainerChangeKind.Secret;

    private IEnumerable<(JObject Container, string Name, ContainerChange Change)> Resolve(ContainerChange change)
    {
        var slash = change.Name.IndexOf('/', StringComparison.Ordinal);
        var named = slash <= 0 ? null : document.Containers.FirstOrDefault(container => ContainerChoice.NameOf(container) == change.Name[..slash]);
        return named is null
            ? targets.Select(target => (target, change.Name, change))
            : [(named, change.Name[(slash + 1)..], change)];
    }

    private void Apply(JObject container, string name, ContainerChange change)
    {
        switch (change.Kind)
        {
            case ContainerChangeKind.Variable:
                SetInList(container, Variables, "value", name, change);
                if (change.Value is not null) RemoveFromList(container, Secrets, name);
                break;
            case ContainerChangeKind.Secret:
                SetInList(container, Secrets, "valueFrom", name, change);
                if (change.Value is not null) RemoveFromList(container, Variables, name);
                break;
            case ContainerChangeKind.LogOption when container["logConfiguration"] is JObject configuration:
                SetInMap(configuration, "options", name, change);
                break;
            case ContainerChangeKind.LogOption:
                findings.Add(document.At(
                    container, RenderRules.SettingTarget, $"The log option '{name}' has no log configuration to go to.",
                    "a 'logConfiguration' with its 'logDriver' in the task definition"));
                break;
            default:
                SetInMap(container, "dockerLabels", name, change);
                break;
        }
    }

    private void SetInList(JObject container, string member, string valueMember, string name, ContainerChange change)
    {
        if (change.Value is null)
        {
            RemoveFromList(container, member, name);
            return;
        }

        if (container[member] is null or JValue { Type: JTokenType.Null }) container[member] = new JArray();
        if (container[member] is not JArray list) return; // The check of its type says so.

        var entry = Entries(list, name).FirstOrDefault();
        if (entry is null) list.Add(entry = new JObject { ["name"] = name });
        SettingWriter.Put(entry, valueMember, new JValue(change.Value), change.Origin);
        if (change.Kind == ContainerChangeKind.Variable && SecretLooking.Is(name, change.Value))
        {
            findings.Add(document.At(
                entry[valueMember]!, RenderRules.SettingSecret,
                $"The variable '{name}' looks like a secret, and whoever may describe the task definition would read it.",
                $"--{TaskDefinitionOptions.Secret.Name}={name}=<ARN of a secret>"));
        }
    }

    private static void RemoveFromList(JObject container, string member, string name)
    {
        if (container[member] is not JArray list || Entries(list, name).ToList() is not { Count: > 0 } found) return;
        foreach (var entry in found) entry.Remove();
        if (list.Count == 0) container.Remove(member);
    }

    private static void SetInMap(JObject owner, string member, string name, ContainerChange change)
    {
        if (change.Value is not null)
        {
            if (owner[member] is null or JValue { Type: JTokenType.Null }) owner[member] = new JObject();
            if (owner[member] is JObject map) SettingWriter.Put(map, name, new JValue(change.Value), change.Origin);
        }
        else if (owner[member] is JObject map && map.Remove(name) && map.Count == 0)
        {
            owner.Remove(member);
        }
    }

    private static IEnumerable<JObject> Entries(JArray list, string name) =>
        list.OfType<JObject>().Where(entry => CheckRun.TextOf(entry["name"]) == name);
}
