using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>What rendering itself may find.</summary>
internal static class RenderRules
{
    private static readonly RuleSource Placeholders = new("docs/task-definition.md, Placeholders");

    public static TaskDefinitionRule Unset { get; } = Placeholders.Error("placeholder-unset", "Every placeholder has a value or a default");

    public static TaskDefinitionRule Malformed { get; } = Placeholders.Error(
        "placeholder-syntax", "A '${' begins ${NAME}, ${NAME:-default} or ${NAME:?message}");

    public static TaskDefinitionRule InName { get; } = Placeholders.Error("placeholder-in-name", "Placeholders stand in values, not in names of members");

    public static TaskDefinitionRule Credential { get; } = Placeholders.Error(
        "placeholder-credential", "No credential is written into a task definition by a placeholder");

    public static TaskDefinitionRule Secret { get; } = Placeholders.Warning(
        "placeholder-secret", "A variable that looks like a secret is given to the container as a secret");

    public static TaskDefinitionRule SettingSecret { get; } = RuleSource.Settings.Warning(
        "setting-secret", "A setting that looks like a secret is given to the container as a secret");

    public static TaskDefinitionRule SettingTarget { get; } = RuleSource.Settings.Error(
        "setting-target", "What a setting changes is in the document");

    public static TaskDefinitionRule AwsTag { get; } = RuleSource.Api("Tag").Note(
        "aws-tag", "Tags that AWS set itself are left out");

    public static IReadOnlyList<TaskDefinitionRule> All => [Unset, Malformed, InName, Credential, Secret, SettingSecret, SettingTarget, AwsTag];
}
