using System.Globalization;
using System.Numerics;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>
/// What ECS takes for the same: a default and its absence, an empty list and none, the notations of a size and of a number.
/// </summary>
/// <remarks>Source: the ECS API reference, RegisterTaskDefinition, and answers of the service.</remarks>
internal sealed class Equivalence
{
    private const int LongestNumber = 400;

    private readonly bool hasOwnPorts;

    /// <param name="root">The document that the parts belong to: its network mode says what a missing hostPort means.</param>
    public Equivalence(JObject root) => hasOwnPorts = CheckRun.TextOf(root["networkMode"]) is "awsvpc" or "host";

    /// <summary>The member's value where it says anything; null where it says what its absence would.</summary>
    /// <param name="parent">The name of the member or list that the owner stands in; "" for the document itself.</param>
    /// <param name="member">The member.</param>
    public JToken? Meaning(string parent, JProperty? member) =>
        member is null || IsImplied(parent, member) || IsEmpty(member.Value, member.Name) ? null : member.Value;

    /// <summary>Whether two values that are neither objects nor lists are the same.</summary>
    public static bool AreSame(string parent, string name, JToken left, JToken right)
    {
        if (left is not JValue { Value: var one } || right is not JValue { Value: var other }) return false;
        if (left is JRaw || right is JRaw) return left is JRaw && right is JRaw && AreSameNumber((string)one!, (string)other!);
        if (Equals(one, other)) return true;
        return parent.Length == 0 && one is string first && other is string second && SizeOf(name, first) is { } size && size == SizeOf(name, second);
    }

    /// <summary>Tags that AWS sets itself are not the author's.</summary>
    public static bool IsSetByAws(string list, JToken item) =>
        list == "tags" && CheckRun.TextOf((item as JObject)?["key"])?.StartsWith("aws:", StringComparison.Ordinal) == true;

    private bool IsEmpty(JToken value, string name) => value switch
    {
        JObject item => item.Properties().All(member => Meaning(name, member) is null),
        JArray list => list.All(item => IsSetByAws(name, item)),
        _ => value.Type == JTokenType.Null,
    };

    private bool IsImplied(string parent, JProperty member)
    {
        if (member.Value is not JValue { Value: { } value }) return false;
        if (parent == "portMappings" && member.Name == "hostPort") return IsImpliedPort(member);
        if (DefaultOf(parent, member.Name) is not { } implied) return false;
        return implied switch
        {
            "true" or "false" => value is bool yes && yes == (implied == "true"),
            [>= '0' and <= '9', ..] => member.Value is JRaw && (string)value == implied,
            _ => member.Value is not JRaw && value is string text && text == implied,
        };
    }

    // Where a task has ports of its own, ECS answers the containerPort as hostPort; elsewhere 0 means "any", as does its absence.
    private bool IsImpliedPort(JProperty hostPort) => hasOwnPorts
        ? hostPort.Parent is JObject mapping && mapping["containerPort"] is { } port && AreSame("portMappings", "hostPort", port, hostPort.Value)
        : hostPort.Value is JRaw number && (string?)number == "0";

    private static string? DefaultOf(string parent, string name) => parent switch
    {
        "" => name == "enableFaultInjection" ? "false" : null,
        "containerDefinitions" => name switch
        {
            "cpu" => "0",
            "essential" => "true",
            "privileged" or "readonlyRootFilesystem" or "interactive" or "pseudoTerminal" or "disableNetworking" => "false",
            "versionConsistency" => "enabled",
            _ => null,
        },
        "portMappings" => name == "protocol" ? "tcp" : null,
        "mountPoints" or "volumesFrom" => name == "readOnly" ? "false" : null,
        "healthCheck" => name switch { "interval" => "30", "timeout" => "5", "retries" => "3", _ => null },
        "runtimePlatform" => name switch { "operatingSystemFamily" => "LINUX", "cpuArchitecture" => "X86_64", _ => null },
        "efsVolumeConfiguration" => name switch { "rootDirectory" => "/", "transitEncryption" => "DISABLED", _ => null },
        _ => null,
    };

    private static int? SizeOf(string name, string text) => name switch
    {
        "cpu" => TaskSize.Cpu(text),
        "memory" => TaskSize.MemoryMiB(text),
        _ => null,
    };

    private static bool AreSameNumber(string left, string right)
    {
        if (left == right) return true;
        if (left.Length > LongestNumber || right.Length > LongestNumber) return false;
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        var culture = CultureInfo.InvariantCulture;
        if (BigInteger.TryParse(left, Whole, culture, out var one) && BigInteger.TryParse(right, Whole, culture, out var other)) return one == other;
        return decimal.TryParse(left, NumberStyles.Float, culture, out var first) && decimal.TryParse(right, NumberStyles.Float, culture, out var second)
            && first == second;
    }
}
