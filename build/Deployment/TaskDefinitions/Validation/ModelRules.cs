namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>The rules that follow from the service model and from the API reference's limits of single members.</summary>
internal static class ModelRules
{
    public static TaskDefinitionRule Type { get; } = RuleSource.Model.Error("type", "Every member has the type that the model gives it") with { InSchema = true };

    public static TaskDefinitionRule Required { get; } = RuleSource.Model.Error(
        "required-member", "The members that the model or the API reference requires are there") with
    { InSchema = true };

    public static TaskDefinitionRule Null { get; } = RuleSource.Model.Warning("null-value", "A member that has no value is left out, not null") with { InSchema = true };

    public static TaskDefinitionRule Unknown { get; } = RuleSource.Model.Warning(
        "unknown-member", "Members are those of the model; others are passed on as they are") with
    { InSchema = true };

    public static TaskDefinitionRule Spelling { get; } = RuleSource.Model.Error("enum-spelling", "A known value is spelt as ECS spells it") with { InSchema = true };

    public static TaskDefinitionRule UnknownValue { get; } = RuleSource.Model.Warning("enum-unknown", "A value is one that the model knows") with { InSchema = true };

    public static TaskDefinitionRule Range { get; } = RuleSource.Reference.Error("number-range", "A number lies in the range of its member") with { InSchema = true };

    public static TaskDefinitionRule Form { get; } = RuleSource.Reference.Error(
        "name-format", "Families and names of containers, volumes and ports have the letters and the length that ECS takes") with
    { InSchema = true };

    public static TaskDefinitionRule Length { get; } = RuleSource.Model.Error("length", "A text or list has no more and no fewer entries than the model says") with { InSchema = true };

    public static TaskDefinitionRule Nul { get; } = RuleSource.Strings.Error("nul-character", "No text holds the character NUL: it ends a text for the process that gets it");

    public static TaskDefinitionRule ResponseOnly { get; } = RuleSource.Api("TaskDefinition").Note(
        "response-only", "Members that only the service's answers have are left out") with
    { InSchema = true };

    public static TaskDefinitionRule SchemaMember { get; } = RuleSource.Editors.Note("schema-member", "A \"$schema\" is for editors and is left out");

    public static IReadOnlyList<TaskDefinitionRule> All =>
        [Type, Required, Null, Unknown, Spelling, UnknownValue, Range, Form, Length, Nul, ResponseOnly, SchemaMember];
}
