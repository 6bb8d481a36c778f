using System.Text.RegularExpressions;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Log lines as people may see them: plain, and without values that look like secrets. A guess in favour of hiding. Pure.</summary>
internal static partial class MaskedLog
{
    private const int LongestLine = 500;
    private const string KeyBegins = "-----BEGIN ";
    private const string KeyEnds = "-----END ";

    /// <summary>The lines, in order; a private key of several lines is one hidden line.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> lines)
    {
        var shown = new List<string>();
        var isInKey = false;
        foreach (var line in lines)
        {
            var begins = line.Contains(KeyBegins, StringComparison.Ordinal);
            if (begins && !isInKey) shown.Add(ShownValue.Hidden);
            isInKey = (isInKey || begins) && !line.Contains(KeyEnds, StringComparison.Ordinal);
            if (!isInKey && !begins && !line.Contains(KeyEnds, StringComparison.Ordinal)) shown.Add(OfLine(line));
        }

        return shown;
    }

    /// <summary>One line; what it is cut at is no secret's half, since it is cut last.</summary>
    public static string OfLine(string line) => PlainText.Of(
        Word().Replace(
            Pair().Replace(
                PlainText.Of(line, LongestLine * 8),
                pair => SecretLooking.Name(pair.Groups["name"].Value) ? $"{pair.Groups["before"].Value}{ShownValue.Hidden}" : pair.Value),
            word => SecretLooking.Value(word.Value) || (word.Value.Split('=', 2) is [_, var value] && SecretLooking.Value(value)) ? ShownValue.Hidden : word.Value),
        LongestLine);

    // "password=x", "apiKey: x", "\"token\": \"x\"", "Authorization: Bearer x"; not the parts of an ARN.
    [GeneratedRegex(
        "(?<before>(?<![A-Za-z0-9_:/.-])[\"']?(?<name>[A-Za-z][A-Za-z0-9_.-]{1,63})[\"']?\\s?[:=]\\s?)(?:\"[^\"]*\"?|'[^']*'?|(?:(?:Bearer|Basic|Token)\\s+)?[^\\s,;}\\]\"']+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();

    [GeneratedRegex("[^\\s\"',()\\[\\]{}<>]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
