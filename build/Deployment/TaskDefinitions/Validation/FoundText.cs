using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What a finding shows of the value that it is about: one short line, and nothing that may be a secret.</summary>
internal static class FoundText
{
    private const int Longest = 80;
    private const string Hidden = "a hidden value";

    /// <summary>The value of a token, or the name of a member; null for objects and arrays, which a finding's place shows.</summary>
    public static string? Of(JToken token) => token switch
    {
        JProperty member => Quoted(member.Name),
        JRaw number => IsHidden(number) ? Hidden : Cut((string)number.Value!),
        JValue { Type: JTokenType.String } text => IsHidden(text) ? Hidden : Quoted((string)text.Value!),
        JValue { Type: JTokenType.Boolean } flag => (bool)flag.Value! ? "true" : "false",
        JValue => "null",
        _ => null,
    };

    /// <summary>The kind of a token, and its value where it is a short one: "an array of 2", "the number 5".</summary>
    public static string KindOf(JToken token) => token switch
    {
        JArray list => FormattableString.Invariant($"an array of {list.Count}"),
        JObject => "an object",
        JRaw or JValue { Type: JTokenType.String } when Of(token) == Hidden => Hidden,
        JRaw => $"the number {Of(token)}",
        JValue { Type: JTokenType.String } => $"the string {Of(token)}",
        _ => Of(token)!,
    };

    /// <summary>The text with control characters as escapes: a document's names must not move a terminal's cursor.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? FormattableString.Invariant($"\\u{(int)letter:x4}") : letter.ToString())) : text;

    /// <summary>A text in double quotes, control characters escaped, cut where it is long.</summary>
    public static string Quoted(string text) => Printable(JsonConvert.ToString(Cut(text, Longest - 2)));

    private static string Cut(string text, int longest = Longest)
    {
        if (text.Length <= longest) return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return $"{text[..end]}…";
    }

    // A finding hides more than a comparison does: it may be about the very slip that put a secret there.
    private static bool IsHidden(JValue value)
    {
        for (JToken? token = value; token is not null; token = token.Parent)
        {
            if (token is not JProperty member) continue;
            if (member.Name is "credentialsParameter" || (member.Name is "environment" or "secrets" or "secretOptions" && IsOther(value))) return true;
        }

        return HiddenValue.Is(value);
    }

    /// <summary>Within a list of names and values, whether it is anything but a name.</summary>
    private static bool IsOther(JValue value) => value.Parent is not JProperty { Name: "name" };
}
