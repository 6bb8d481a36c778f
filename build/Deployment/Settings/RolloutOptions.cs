namespace Slipway.Deployment.Settings;

/// <summary>The part of the table of options that is about waiting for a rollout.</summary>
public static class RolloutOptions
{
    private const int MostFailures = 200;

    public static SettingOption WaitUntil { get; } = new(
        "wait-until", OptionKind.Choice,
        "How far WaitStable waits: until the deployment is stable, only deployed (successful, whatever has happened to its tasks since), or at a lifecycle stage")
    {
        Variables = ["SLIPWAY_WAIT_UNTIL"],
        JsonMember = "waitUntil",
        Choices = Settings.WaitUntil.Choices,
        Default = Settings.WaitUntil.Stable.Text,
    };

    public static SettingOption FailAfterExits { get; } = new(
        "fail-after-exits", OptionKind.Number, "WaitStable gives up after so many equal exits of a container; 0: never")
    {
        Variables = ["SLIPWAY_FAIL_AFTER_EXITS"],
        JsonMember = "failAfterExits",
        Default = "3",
        Most = MostFailures,
    };

    public static SettingOption FailAfterPulls { get; } = new(
        "fail-after-pulls", OptionKind.Number,
        "WaitStable gives up after so many equal failures before a container ran: pulls, secrets, log drivers, roles; 0: never")
    {
        Variables = ["SLIPWAY_FAIL_AFTER_PULLS"],
        JsonMember = "failAfterPulls",
        Default = "2",
        Most = MostFailures,
    };

    public static SettingOption SmokeUrl { get; } = new(
        "smoke-url", OptionKind.Text, "A URL that must answer with 2xx once the deployment is complete; else the deployment counts as failed")
    {
        Variables = ["SLIPWAY_SMOKE_URL"],
        JsonMember = "smokeUrl",
    };

    public static SettingOption SmokeTimeout { get; } = new(
        "smoke-timeout", OptionKind.Duration, "How long the URL of --smoke-url may take until its first good answer")
    {
        Variables = ["SLIPWAY_SMOKE_TIMEOUT"],
        JsonMember = "smokeTimeout",
        Default = "1m",
    };

    /// <summary>Every one of them, in the order of the table.</summary>
    internal static IReadOnlyList<SettingOption> All { get; } = [WaitUntil, FailAfterExits, FailAfterPulls, SmokeUrl, SmokeTimeout];

    internal static RolloutSettings Read(SettingLookup values, SettingChecks check) => new()
    {
        SmokeUrl = ReadUrl(values, check),
        SmokeTimeout = check.Timeout(values.Duration(SmokeTimeout))?.Value ?? TimeSpan.Zero,
        WaitUntil = new WaitUntil(values.Choice(WaitUntil)?.Value ?? Settings.WaitUntil.Stable.Text),
        FailAfterExits = values.Number(FailAfterExits)?.Value ?? 0,
        FailAfterPulls = values.Number(FailAfterPulls)?.Value ?? 0,
    };

    /// <summary>Shown without what may be secret in it.</summary>
    private static Uri? ReadUrl(SettingLookup values, SettingChecks check)
    {
        var text = values.Text(SmokeUrl, show: false);
        var url = check.Url(text);
        values.Show(SmokeUrl, text is null || url is null ? null : text with { Value = Rollouts.Smoke.SmokeUrl.Show(url) });
        return url;
    }
}
