namespace Slipway.Deployment.Settings;

/// <summary>The part of the table of options that is about going back: after a cancel, after a failure, on request.</summary>
public static class RollbackOptions
{
    public static SettingOption OnCancel { get; } = new(
        "on-cancel", OptionKind.Choice, "What Ctrl-C and SIGTERM do to a deployment that has begun: leave it to ECS, or roll it back")
    {
        Variables = ["SLIPWAY_ON_CANCEL"],
        JsonMember = "onCancel",
        Choices = ["leave", "rollback"],
        Default = "leave",
    };

    public static SettingOption RollbackOnFailure { get; } = new(
        "rollback-on-failure", OptionKind.Flag, "Go back to the previous revision where a deployment failed and ECS does not roll back itself")
    {
        Variables = ["SLIPWAY_ROLLBACK_ON_FAILURE"],
        JsonMember = "rollbackOnFailure",
        Default = "false",
    };

    public static SettingOption To { get; } = new("to", OptionKind.Text, "Rollback: the revision to go back to, family:42, instead of the last good one")
    {
        IsSwitch = true,
    };

    public static SettingOption KeepRevisions { get; } = new("keep-revisions", OptionKind.Number, "Deregister: how many of the newest revisions stay")
    {
        IsSwitch = true,
        Default = "10",
        Least = 1,
        Most = 1_000_000,
    };

    public static SettingOption Confirm { get; } = new("confirm", OptionKind.Flag, "Deregister: do it; without it the revisions are shown only")
    {
        IsSwitch = true,
    };

    /// <summary>Those that are settings, in the order of the table.</summary>
    internal static IReadOnlyList<SettingOption> All { get; } = [OnCancel, RollbackOnFailure];

    /// <summary>Those that are switches of one target.</summary>
    internal static IReadOnlyList<SettingOption> Switches { get; } = [To, KeepRevisions, Confirm];
}
