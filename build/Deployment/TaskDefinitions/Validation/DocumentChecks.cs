using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about the document as a whole.</summary>
internal static class DocumentChecks
{
    private const string Placeholder = "REPLACE_ME";

    public static TaskDefinitionRule ReplaceMe { get; } = RuleSource.Settings.Error("replace-me", "No REPLACE_ME is left");

    public static TaskDefinitionRule Answer { get; } = RuleSource.Api("RegisterTaskDefinition").Error(
        "describe-answer", "The document is the request itself, not an answer of describe-task-definition around it");

    public static TaskDefinitionRule ResponseOnly { get; } = RuleSource.Api("TaskDefinition").Note(
        "response-only", "Members that only the service's answers have are left out");

    public static TaskDefinitionRule Family { get; } = RuleSource.Api("RegisterTaskDefinition").Error(
        "family-name", "The family is 1 to 255 letters, digits, hyphens and underscores") with { InSchema = true };

    public static TaskDefinitionRule Containers { get; } = RuleSource.Api("RegisterTaskDefinition").Error(
        "containers", "There is at least one container definition") with { InSchema = true };

    public static IReadOnlyList<TaskDefinitionRule> Rules => [ReplaceMe, Answer, ResponseOnly, Family, Containers];

    public static void Check(CheckRun run)
    {
        foreach (var token in run.Root.Descendants()) Replaced(run, token);

        var family = run.Root["family"];
        if (family is null) run.Add(run.Root, Family, "The member 'family' is missing: it names the task definition.", Names.Allowed);
        else if (!Names.IsValid(CheckRun.TextOf(family))) run.Add(family, Family, "This is no family.", Names.Allowed);

        if (run.Containers.Count == 0)
            run.Add(run.Root["containerDefinitions"] ?? run.Root, Containers, "The member 'containerDefinitions' holds no container.", "an array of at least one container definition");
    }

    private static void Replaced(CheckRun run, JToken token)
    {
        var text = token is JProperty member ? member.Name : CheckRun.TextOf(token);
        if (text?.Contains(Placeholder, StringComparison.OrdinalIgnoreCase) == true)
            run.Add(token, ReplaceMe, $"A placeholder {Placeholder} is left.", "the real value");
    }
}
