using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>A part of a task definition as people may see it: values that look like secrets are hidden, wherever they stand.</summary>
internal static class ShownValue
{
    public const string Hidden = "(hidden)";

    /// <summary>Members whose own members are a map of names that the author chose.</summary>
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal) { "options", "dockerLabels", "driverOpts", "labels" };

    /// <summary>Compact JSON; null for nothing.</summary>
    public static string? Of(JToken? token) => token is null ? null
        : Hides(token) ? Hidden
        : Show(token).ToString(Formatting.None);

    private static JToken Show(JToken token) => token switch
    {
        JObject item => new JObject(item.Properties().Select(member => new JProperty(member.Name, Show(member.Value)))),
        JArray list => new JArray(list.Select(Show)),
        _ when Hides(token) => new JValue(Hidden),
        _ => token.DeepClone(),
    };

    /// <summary>By the token's place in its document, so that it must still stand there.</summary>
    public static bool Hides(JToken token)
    {
        if (CheckRun.TextOf(token) is not { } text) return false;
        return token.Parent switch
        {
            JProperty { Name: "valueFrom" } => !IsReference(text),
            JProperty { Name: "value", Parent: JObject entry } => SecretLooking.Is(CheckRun.TextOf(entry["name"] ?? entry["key"]), text),
            JProperty { Parent.Parent: JProperty map } member when Maps.Contains(map.Name) => SecretLooking.Is(member.Name, text),
            JArray arguments => IsSecretArgument(arguments, token, text),
            _ => SecretLooking.Value(text),
        };
    }

    // What names a secret is none; what stands in its place by mistake may be one.
    private static bool IsReference(string text) =>
        text.StartsWith("arn:", StringComparison.Ordinal) || text.StartsWith('/') || !(SecretLooking.Value(text) || text.Any(c => !IsOfParameterName(c)));

    private static bool IsOfParameterName(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/';

    // "--password=…", and "--password" with its value behind it.
    private static bool IsSecretArgument(JArray arguments, JToken token, string text)
    {
        if (SecretLooking.Value(text) || (text.Split('=', 2) is [['-', ..] option, _] && SecretLooking.Name(option))) return true;
        var index = arguments.IndexOf(token);
        return index > 0 && CheckRun.TextOf(arguments[index - 1]) is ['-', ..] before
            && !before.Contains('=', StringComparison.Ordinal) && !text.StartsWith('-') && SecretLooking.Name(before);
    }
}
