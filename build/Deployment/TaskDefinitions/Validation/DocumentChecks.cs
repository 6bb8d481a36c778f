using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Json;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about the document as a whole.</summary>
internal static class DocumentChecks
{
    /// <summary>What is wrong with a REPLACE_ME.</summary>
    public const string ReplaceMeProblem = $"A placeholder {Placeholder} is left.";

    /// <summary>What belongs in its place.</summary>
    public const string ReplaceMeAllowed = "the real value";

    private const string Placeholder = "REPLACE_ME";
    private const int MostContainers = 10;
    private const int MostBytes = 64 * 1024;

    public static TaskDefinitionRule ReplaceMe { get; } = RuleSource.Settings.Error("replace-me", "No REPLACE_ME is left");

    public static TaskDefinitionRule Answer { get; } = RuleSource.Api("RegisterTaskDefinition").Error(
        "describe-answer", "The document is the request itself, not an answer of describe-task-definition around it");

    public static TaskDefinitionRule Containers { get; } = RuleSource.Api("RegisterTaskDefinition").Error(
        "containers", "There is at least one container definition") with
    { InSchema = true };

    public static TaskDefinitionRule TooManyContainers { get; } = RuleSource.Quotas.Error("containers-many", "There are at most 10 container definitions") with { InSchema = true };

    public static TaskDefinitionRule Size { get; } = RuleSource.Quotas.Error("document-size", "A task definition has at most 64 KiB");

    public static TaskDefinitionRule Essential { get; } = RuleSource.Api("ContainerDefinition").Error("essential", "At least one container is essential");

    public static TaskDefinitionRule TagTwice { get; } = RuleSource.Api("Tag").Error("tag-twice", "Each tag key is there once");

    public static TaskDefinitionRule TagReserved { get; } = RuleSource.Api("Tag").Error("tag-reserved", "No tag key and no tag value begins with aws:");

    public static TaskDefinitionRule TooMany { get; } = RuleSource.JsonParsers.Error("too-many-findings", "A document with more than 200 findings is refused");

    public static IReadOnlyList<TaskDefinitionRule> Rules =>
        [ReplaceMe, Answer, Containers, TooManyContainers, Size, Essential, TagTwice, TagReserved, TooMany];

    public static void Check(CheckRun run)
    {
        var bytes = 0;
        JsonWalk.Visit(run.Root, token =>
        {
            bytes += JsonSize.Own(token);
            if (IsReplaceMe(token)) run.Add(token, ReplaceMe, ReplaceMeProblem, ReplaceMeAllowed);
        });

        Contained(run);
        Tags(run);
        if (bytes > MostBytes)
        {
            run.Add(run.Root, Size, "The document is too large for ECS.", FormattableString.Invariant($"at most {MostBytes} bytes without blanks"),
                FormattableString.Invariant($"{bytes} bytes"));
        }
    }

    private static void Contained(CheckRun run)
    {
        if (run.Root["containerDefinitions"] is not JArray list) return;
        if (list.Count == 0) run.Add(list, Containers, "There is no container definition.", "at least one");
        if (list.Count > MostContainers)
        {
            run.Add(list, TooManyContainers, "There are too many container definitions.", FormattableString.Invariant($"at most {MostContainers}"),
                FormattableString.Invariant($"{list.Count}"));
        }

        if (run.Containers.Count > 0 && run.Containers.All(container => CheckRun.FlagOf(container["essential"]) == false))
            run.Add(list, Essential, "No container is essential.", "one container with \"essential\": true, or without the member");
    }

    /// <summary>Whether a value or a member's name holds a REPLACE_ME.</summary>
    public static bool IsReplaceMe(JToken token) =>
        (token is JProperty member ? member.Name : CheckRun.TextOf(token)) is { } text
        && text.Contains('_', StringComparison.Ordinal) && text.Contains(Placeholder, StringComparison.OrdinalIgnoreCase);

    private static void Tags(CheckRun run)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in CheckRun.ObjectsOf(run.Root["tags"]))
        {
            if (CheckRun.TextOf(tag["key"]) is { } key && !keys.Add(key)) run.Add(tag["key"]!, TagTwice, "Another tag has the same key.", "each key once");
            Reserved(run, tag["key"]);
            Reserved(run, tag["value"]);
        }
    }

    private static void Reserved(CheckRun run, JToken? token)
    {
        if (CheckRun.TextOf(token)?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == true)
            run.Add(token!, TagReserved, "The prefix is reserved for AWS.", "anything that does not begin with aws:");
    }
}
