namespace Slipway.Deployment.Settings;

/// <summary>The switch of the Rollback target.</summary>
/// <param name="To">"family:42", or its ARN; null: the last good revision.</param>
public sealed record RollbackSwitches(string? To)
{
    /// <summary>Reads it from the command line; problems are a <see cref="SlipwayException"/>.</summary>
    public static RollbackSwitches Read(SettingsSources sources)
    {
        var problems = new List<SettingsProblem>();
        var to = new SettingLookup(sources, null, problems).Text(RollbackOptions.To);
        if (to is not null && TaskDefinitionSource.MatchRevision(to.Value) is null)
            problems.Add(new SettingsProblem(to.Origin, $"'{to.Value}' is no revision.", "Name the family and the number: family:42, or the revision's ARN."));
        return problems.Count == 0 ? new RollbackSwitches(to?.Value) : throw SettingsResult.Failure(problems);
    }
}
