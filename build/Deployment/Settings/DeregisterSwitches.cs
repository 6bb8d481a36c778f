namespace Slipway.Deployment.Settings;

/// <summary>The switches of the Deregister target.</summary>
/// <param name="Keep">How many of the newest revisions stay, whether they are in use or not.</param>
/// <param name="Confirm">Whether revisions are deregistered; else they are shown only.</param>
public sealed record DeregisterSwitches(int Keep, bool Confirm)
{
    /// <summary>Reads them from the command line; problems are a <see cref="SlipwayException"/> with all of them.</summary>
    public static DeregisterSwitches Read(SettingsSources sources)
    {
        var problems = new List<SettingsProblem>();
        var values = new SettingLookup(sources, null, problems);
        var switches = new DeregisterSwitches(
            values.Number(RollbackOptions.KeepRevisions)?.Value ?? 0, values.Flag(RollbackOptions.Confirm)?.Value ?? false);
        return problems.Count == 0 ? switches : throw SettingsResult.Failure(problems);
    }
}
