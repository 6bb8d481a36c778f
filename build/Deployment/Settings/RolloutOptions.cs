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

    /// <summary>Every one of them, in the order of the table.</summary>
    internal static IReadOnlyList<SettingOption> All { get; } = [WaitUntil, FailAfterExits, FailAfterPulls];

    internal static RolloutSettings Read(SettingLookup values) => new()
    {
        WaitUntil = new WaitUntil(values.Choice(WaitUntil)?.Value ?? Settings.WaitUntil.Stable.Text),
        FailAfterExits = values.Number(FailAfterExits)?.Value ?? 0,
        FailAfterPulls = values.Number(FailAfterPulls)?.Value ?? 0,
    };
}
