using System.Text.RegularExpressions;

namespace Slipway.Deployment.Images;

/// <summary>The parameters of a <c>WWW-Authenticate: Bearer</c> header.</summary>
internal static partial class BearerChallenge
{
    /// <summary>Names (lower case) and values; what is not a pair is passed over, and of a repeated name the first counts.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string parameters)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parameters.Length > 8192)
            return found;
        foreach (Match pair in Pair().Matches(parameters))
        {
            var value = pair.Groups["quoted"].Success ? pair.Groups["quoted"] : pair.Groups["plain"];
            found.TryAdd(pair.Groups["name"].Value.ToLowerInvariant(), value.Value);
        }

        return found;
    }

    [GeneratedRegex("(?<name>[A-Za-z_]+)=(?:\"(?<quoted>[^\"]*)\"|(?<plain>[^\\s,\"]+))", RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();
}
