using System.Globalization;
using System.Numerics;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>
/// A task definition without what has no meaning: members of answers only, nulls, empty lists and objects, defaults
/// that ECS fills in, the order of members and of the lists that are sets.
/// </summary>
internal sealed class CanonicalTaskDefinition
{
    /// <summary>Lists whose order ECS ignores, and may change.</summary>
    private static readonly HashSet<string> Sets = new(StringComparer.Ordinal)
    {
        "containerDefinitions", "environment", "secrets", "portMappings", "mountPoints", "volumesFrom", "volumes", "tags", "ulimits",
        "requiresCompatibilities", "systemControls", "secretOptions", "extraHosts", "dependsOn", "placementConstraints", "resourceRequirements",
        "properties",
    };

    /// <summary>
    /// What ECS takes, and mostly answers, for a member that is left out; by the name of the member that holds it, "" for
    /// the document.
    /// </summary>
    /// <remarks>Source: the ECS API reference, RegisterTaskDefinition, and answers of the service.</remarks>
    private static readonly HashSet<(string Parent, string Name, string Value)> Defaults =
    [
        ("", "enableFaultInjection", "false"),
        ("containerDefinitions", "cpu", "0"),
        ("containerDefinitions", "essential", "true"),
        ("containerDefinitions", "privileged", "false"),
        ("containerDefinitions", "readonlyRootFilesystem", "false"),
        ("containerDefinitions", "interactive", "false"),
        ("containerDefinitions", "pseudoTerminal", "false"),
        ("containerDefinitions", "disableNetworking", "false"),
        ("containerDefinitions", "versionConsistency", "\"enabled\""),
        ("portMappings", "protocol", "\"tcp\""),
        ("mountPoints", "readOnly", "false"),
        ("volumesFrom", "readOnly", "false"),
        ("healthCheck", "interval", "30"),
        ("healthCheck", "timeout", "5"),
        ("healthCheck", "retries", "3"),
        ("runtimePlatform", "operatingSystemFamily", "\"LINUX\""),
        ("runtimePlatform", "cpuArchitecture", "\"X86_64\""),
        ("efsVolumeConfiguration", "rootDirectory", "\"/\""),
    ];

    private const int LongestNumber = 400;

    private readonly bool hasOwnPorts;

    private CanonicalTaskDefinition(bool hasOwnPorts) => this.hasOwnPorts = hasOwnPorts;

    public static JObject Of(JObject root)
    {
        var networkMode = TaskDefinitionChecks.TextOf(root["networkMode"]);
        var canonical = new CanonicalTaskDefinition(networkMode is "awsvpc" or "host");
        var result = new JObject();
        foreach (var member in root.Properties().Where(member => !TaskDefinitionRenderer.ResponseOnly.Contains(member.Name)))
            canonical.Add(result, member, string.Empty);
        Resize(result, "cpu", TaskSize.Cpu);
        Resize(result, "memory", TaskSize.MemoryMiB);
        return Sorted(result);
    }

    private void Add(JObject target, JProperty member, string parent)
    {
        var value = Canonical(member.Value, member.Name);
        var isEmpty = value is JContainer { HasValues: false } or JValue { Type: JTokenType.Null };
        if (isEmpty || Defaults.Contains((parent, member.Name, value.ToString(Formatting.None)))) return;
        target[member.Name] = value;
    }

    private JToken Canonical(JToken token, string parent) => token switch
    {
        JObject item => Members(item, parent),
        JArray list => List(list, parent),
        JRaw number => new JRaw(Number((string)number.Value!)),
        _ => token.DeepClone(),
    };

    private JObject Members(JObject item, string parent)
    {
        var result = new JObject();
        foreach (var member in item.Properties()) Add(result, member, parent);

        // Where a task has ports of its own, ECS answers the containerPort as hostPort; elsewhere 0 means "any", as does its absence.
        var isImplied = hasOwnPorts ? JToken.DeepEquals(result["hostPort"], result["containerPort"]) : result["hostPort"]?.ToString() == "0";
        if (parent == "portMappings" && isImplied) result.Remove("hostPort");
        return Sorted(result);
    }

    private JArray List(JArray list, string name)
    {
        var items = list.Select(item => Canonical(item, name))
            .Where(item => name != "tags" || !IsSetByAws(item));
        return new JArray(Sets.Contains(name) ? items.OrderBy(item => item.ToString(Formatting.None), StringComparer.Ordinal) : items);
    }

    private static bool IsSetByAws(JToken tag) =>
        TaskDefinitionChecks.TextOf((tag as JObject)?["key"])?.StartsWith("aws:", StringComparison.Ordinal) == true;

    private static JObject Sorted(JObject item) => new(item.Properties().OrderBy(member => member.Name, StringComparer.Ordinal));

    private static void Resize(JObject root, string name, Func<string, int?> parse)
    {
        if (TaskDefinitionChecks.TextOf(root[name]) is { } text && parse(text) is { } size)
            root[name] = size.ToString(CultureInfo.InvariantCulture);
    }

    private static string Number(string digits)
    {
        if (digits.Length > LongestNumber) return digits;
        if (BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole.ToString(CultureInfo.InvariantCulture);
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : digits;
    }
}
