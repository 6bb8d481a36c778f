namespace Slipway.Deployment.Settings;

/// <summary>The switches of the Logs target.</summary>
/// <param name="Since">How far back to read; null: as far as <paramref name="Lines"/> reach.</param>
/// <param name="Follow">Whether to go on with new lines.</param>
/// <param name="Lines">How many lines at the most.</param>
public sealed record LogSwitches(TimeSpan? Since, bool Follow, int Lines)
{
    /// <summary>Reads them from the command line; problems are a <see cref="SlipwayException"/> with all of them.</summary>
    public static LogSwitches Read(SettingsSources sources)
    {
        var problems = new List<SettingsProblem>();
        var values = new SettingLookup(sources, null, problems);
        var switches = new LogSwitches(
            values.Duration(SettingsOptions.Since)?.Value,
            values.Flag(SettingsOptions.Follow)?.Value ?? false,
            values.Number(SettingsOptions.Lines)?.Value ?? 0);
        return problems.Count == 0 ? switches : throw SettingsResult.Failure(problems);
    }
}
