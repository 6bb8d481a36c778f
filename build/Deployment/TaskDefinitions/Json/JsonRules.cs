using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>What a text must be before anything else is asked of it.</summary>
internal static class JsonRules
{
    public static TaskDefinitionRule Syntax { get; } = RuleSource.Json.Error("json-syntax", "A task definition is one JSON object, without comments and without trailing commas");

    public static TaskDefinitionRule Encoding { get; } = RuleSource.JsonEncoding.Error("json-encoding", "The text is UTF-8 without a byte order mark, and every character is a whole one");

    public static TaskDefinitionRule DuplicateName { get; } = RuleSource.JsonObjects.Error("json-duplicate-name", "An object has each member once");

    public static TaskDefinitionRule Depth { get; } = RuleSource.JsonParsers.Error("json-depth", "JSON is nested at most 64 deep");

    public static TaskDefinitionRule Size { get; } = RuleSource.JsonParsers.Error("json-size", "A file has at most 1 MiB");

    public static IReadOnlyList<TaskDefinitionRule> All => [Syntax, Encoding, DuplicateName, Depth, Size];
}
