using System.Text.RegularExpressions;
using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>The names that stand in ECS's words, put into a rule's sentences. Pure.</summary>
internal static partial class FailureNames
{
    /// <summary>A rule's sentence with the names of the text that it was found in.</summary>
    /// <param name="sentence">With {action}, {principal} and {region}.</param>
    /// <param name="text">In ECS's words.</param>
    /// <param name="region">The deployment's region.</param>
    public static string Fill(string sentence, string text, string? region) => sentence
        .Replace("{action}", Denial.ActionIn(text) ?? "the action that the reason names", StringComparison.Ordinal)
        .Replace("{principal}", Named(Principal().Match(text)) is { } name ? $"'{name}'" : "the role", StringComparison.Ordinal)
        .Replace("{region}", OtherRegion(text, region) ?? "another region", StringComparison.Ordinal);

    /// <summary>The first region in a text that is not the deployment's; null where there is none, or where that one is not known.</summary>
    public static string? OtherRegion(string text, string? region) => region is null
        ? null
        : Region().Matches(text).Select(match => match.Value.ToLowerInvariant()).FirstOrDefault(found => found != region);

    /// <summary>The region in an ARN; null where it has none.</summary>
    public static string? RegionOf(string? arn) => arn?.Split(':', 5) is [_, _, _, { Length: > 0 } region, _] ? region : null;

    private static string? Named(Match match) => match.Success ? match.Groups[1].Value : null;

    [GeneratedRegex("(?:assumed-role|user)/([a-z0-9+=,.@_-]{1,64})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Principal();

    [GeneratedRegex("\\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-isob?)?-(?:central|north|south|east|west|northeast|northwest|southeast|southwest)-[1-9]\\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Region();
}
