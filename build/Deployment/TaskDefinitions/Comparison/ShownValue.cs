using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>A part of a task definition as people may see it: values that look like secrets are hidden, wherever they stand.</summary>
internal static class ShownValue
{
    public const string Hidden = "(hidden)";

    /// <summary>Compact JSON; null for nothing.</summary>
    public static string? Of(JToken? token) => token is null ? null
        : HiddenValue.Is(token) ? Hidden
        : Show(token).ToString(Formatting.None);

    private static JToken Show(JToken token) => token switch
    {
        JObject item => new JObject(item.Properties().Select(member => new JProperty(member.Name, Show(member.Value)))),
        JArray list => new JArray(list.Select(Show)),
        _ when HiddenValue.Is(token) => new JValue(Hidden),
        _ => token.DeepClone(),
    };
}
