using System.Text.RegularExpressions;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.Settings;

/// <summary>The grammars of AWS's and Docker's names, as their services document them.</summary>
internal static partial class SettingFormats
{
    public static bool IsEnvironmentName(string text) => text.Length <= 32 && EnvironmentName().IsMatch(text);

    public static bool IsRegion(string text) => text.Length <= 32 && Region().IsMatch(text);

    public static bool IsAccountId(string text) => text.Length == 12 && Characters.AreAll(text, char.IsAsciiDigit);

    // CreateRepository, "repositoryName".
    public static bool IsRepositoryName(string text) => text.Length is >= 2 and <= 256 && RepositoryName().IsMatch(text);

    // CreateCluster, CreateService and ContainerDefinition.name share this one.
    public static bool IsEcsName(string text) => text.Length is > 0 and <= 255 && Characters.AreAll(text, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    // The distribution specification's tag.
    public static bool IsImageTag(string text) => ImageGrammar.IsTag(text);

    public static Match ClusterArn(string text) => EcsClusterArn().Match(text);

    /// <summary>A path inside the repository with forward slashes; null where it is absolute or leaves the repository.</summary>
    public static string? RepositoryPath(string text)
    {
        var parts = new List<string>();
        if (text.Length > 1024 || text.Any(char.IsControl) || text.StartsWith('/') || text.StartsWith('\\') || text.StartsWith('~')
            || text.Contains(':', StringComparison.Ordinal))
            return null;
        foreach (var part in text.Split('/', '\\'))
        {
            if (part is ".." && parts.Count == 0)
                return null;
            if (part is "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "."))
                parts.Add(part);
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*\z")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex(@"\A[a-z]{2}(?:-[a-z]+){1,3}-[0-9]{1,2}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"\A(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:ecs:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):cluster/(?<name>[A-Za-z0-9_-]{1,255})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex EcsClusterArn();
}
