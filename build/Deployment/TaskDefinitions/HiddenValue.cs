using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions;

/// <summary>Whether a value of a task definition is hidden from people, by what it looks like and by its place, so that it must still stand there.</summary>
internal static class HiddenValue
{
    /// <summary>Strings and numbers may be; objects, lists and flags never are as a whole.</summary>
    public static bool Is(JToken token)
    {
        if ((token is JRaw number ? (string?)number.Value : CheckRun.TextOf(token)) is not { } text) return false;
        return IsOfSecretName(token) || token.Parent switch
        {
            JProperty { Name: "valueFrom" } => !IsReference(text),
            JProperty { Name: "value", Parent: JObject entry } => SecretLooking.Is(CheckRun.TextOf(entry["name"] ?? entry["key"]), text),
            JArray arguments => IsSecretArgument(arguments, token, text),
            _ => SecretLooking.Value(text),
        };
    }

    /// <summary>In a map whose names the author chose; elsewhere "key" is a member of the model and says nothing.</summary>
    private static bool IsOfSecretName(JToken token)
    {
        for (var near = token; near is not null; near = near.Parent)
        {
            if (near is JProperty { Parent.Parent: JProperty { Name: "options" or "dockerLabels" or "driverOpts" or "labels" } } member && SecretLooking.Name(member.Name))
                return true;
        }

        return false;
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
