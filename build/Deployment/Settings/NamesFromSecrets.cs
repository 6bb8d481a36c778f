namespace Slipway.Deployment.Settings;

/// <summary>
/// Region, repository, cluster and service that a workflow reads from GitHub's secrets. They are none, but GitHub cannot know: it writes *** wherever
/// their text occurs. A run does not see that, so that the workflow tells which ones they are. Pure.
/// </summary>
public static class NamesFromSecrets
{
    /// <summary>Holds the names of the variables, separated by blanks.</summary>
    public const string Variable = "SLIPWAY_NAMES_FROM_SECRETS";

    /// <summary>What to say of them; null where there are none.</summary>
    /// <param name="value">The value of <see cref="Variable"/>.</param>
    public static string? Tell(string? value)
    {
        var known = SettingsOptions.All.SelectMany(option => option.Variables).ToHashSet(StringComparer.Ordinal);
        var names = (value ?? string.Empty).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Where(known.Contains).Distinct(StringComparer.Ordinal).ToList();
        return names switch
        {
            [] => null,
            [var only] => $"{only} comes from a GitHub secret: GitHub writes *** for its value wherever that occurs in this log, in every address and ARN, "
                + "and drops outputs that hold it. Try: make it a variable; it is no secret.",
            _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]} come from GitHub secrets: GitHub writes *** for their values wherever they occur in "
                + "this log, in every address and ARN, and drops outputs that hold them. Try: make them variables; they are no secrets.",
        };
    }
}
