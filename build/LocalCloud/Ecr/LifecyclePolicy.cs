using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecr;

/// <summary>Checks a lifecycle policy as ECR does before it takes one.</summary>
/// <remarks>Source: Amazon ECR's user guide, "Lifecycle policy properties".</remarks>
internal static class LifecyclePolicy
{
    /// <summary>Throws InvalidParameterException.</summary>
    public static void Check(string text)
    {
        if (Rules(text) is not { Count: > 0 } rules) throw Refused("the policy must have rules");
        var priorities = new HashSet<int>();
        var last = rules.Max(Priority);
        foreach (var rule in rules)
        {
            if (!priorities.Add(Priority(rule))) throw Refused("each rule must have a rulePriority of its own");
            if (rule["selection"] is not JsonObject selection) throw Refused("each rule must have a selection");
            if (Text(rule["action"] as JsonObject, "type") != "expire") throw Refused("the action must be of the type expire");
            CheckSelection(selection, isLast: Priority(rule) == last);
        }
    }

    private static void CheckSelection(JsonObject selection, bool isLast)
    {
        var status = Text(selection, "tagStatus");
        if (status is not ("tagged" or "untagged" or "any")) throw Refused("the tagStatus must be tagged, untagged or any");
        if (status == "any" && !isLast) throw Refused("a rule with the tagStatus any must have the highest rulePriority");
        if (status == "tagged" && selection["tagPrefixList"] is not JsonArray { Count: > 0 } && selection["tagPatternList"] is not JsonArray { Count: > 0 })
            throw Refused("a rule with the tagStatus tagged must have a tagPrefixList or a tagPatternList");
        var type = Text(selection, "countType");
        if (type is not ("imageCountMoreThan" or "sinceImagePushed")) throw Refused("the countType must be imageCountMoreThan or sinceImagePushed");
        if ((type == "sinceImagePushed") != (Text(selection, "countUnit") == "days")) throw Refused("the countUnit days belongs to sinceImagePushed");
        if (Number(selection["countNumber"]) is null or < 1) throw Refused("the countNumber must be a positive number");
    }

    private static List<JsonObject>? Rules(string text)
    {
        try
        {
            return (JsonNode.Parse(text) as JsonObject)?["rules"] is JsonArray rules ? [.. rules.OfType<JsonObject>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Priority(JsonObject rule) => Number(rule["rulePriority"]) is { } priority and > 0 ? priority : throw Refused("the rulePriority must be a positive number");

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static string? Text(JsonObject? parent, string name) => parent?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static ApiException Refused(string why) =>
        new("InvalidParameterException", $"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: {why}'");
}
