namespace Slipway.Deployment.Settings;

/// <summary>The switches of the Plan target.</summary>
/// <param name="DetailedExitCode">Whether pending changes end the run with <see cref="ExitCode.ChangesPending"/>.</param>
public sealed record PlanSwitches(bool DetailedExitCode)
{
    /// <summary>Reads them from the command line; problems are a <see cref="SlipwayException"/> with all of them.</summary>
    public static PlanSwitches Read(SettingsSources sources)
    {
        var problems = new List<SettingsProblem>();
        var values = new SettingLookup(sources, null, problems);
        var switches = new PlanSwitches(values.Flag(SettingsOptions.DetailedExitCode)?.Value ?? false);
        return problems.Count == 0 ? switches : throw SettingsResult.Failure(problems);
    }
}
