using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>
/// What can be known to be wrong before ECS is asked. Pure, and everything at once. Members that no rule names are the
/// service's affair: it knows more of them every month.
/// </summary>
public static partial class TaskDefinitionChecks
{
    /// <summary>Every finding about the document, in the order of the text.</summary>
    public static IReadOnlyList<Finding> Check(TaskDefinitionDocument document, CheckContext context)
    {
        if (document.Root["taskDefinition"] is JObject inner && document.Root["containerDefinitions"] is null)
        {
            return [document.At(inner, FindingSeverity.Error,
                "This is an answer of describe-task-definition; only what stands inside of 'taskDefinition' belongs into the file.")];
        }

        var findings = Placeholders(document)
            .Concat(Family(document))
            .Concat(Containers(document, context))
            .Concat(Role(document, "executionRoleArn", context))
            .Concat(Role(document, "taskRoleArn", context))
            .Concat(IsFargate(document) ? Fargate(document) : []);
        return [.. findings.Distinct().OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
    }

    internal static bool IsFargate(TaskDefinitionDocument document) =>
        document.Root["requiresCompatibilities"] is JArray wanted && wanted.Any(value => TextOf(value) == "FARGATE");

    internal static string? TextOf(JToken? token) => token is JValue { Type: JTokenType.String } value ? (string?)value : null;

    private static IEnumerable<Finding> Placeholders(TaskDefinitionDocument document)
    {
        var values = document.Root.Descendants().Where(token => TextOf(token)?.Contains("REPLACE_ME", StringComparison.OrdinalIgnoreCase) == true);
        var names = document.Root.Descendants().OfType<JProperty>()
            .Where(member => member.Name.Contains("REPLACE_ME", StringComparison.OrdinalIgnoreCase));
        return values.Concat(names)
            .Select(token => document.At(token, FindingSeverity.Error, "A placeholder REPLACE_ME is left; write the real value."));
    }

    private static IEnumerable<Finding> Family(TaskDefinitionDocument document)
    {
        var family = document.Root["family"];
        if (family is null)
            yield return document.At(document.Root, FindingSeverity.Error, "The member 'family' is missing: it names the task definition.");
        else if (TextOf(family) is not { } text || !NamePattern().IsMatch(text))
            yield return document.At(family, FindingSeverity.Error, "A family is a string of 1 to 255 letters, digits, '-' and '_'.");
    }

    private static IEnumerable<Finding> Containers(TaskDefinitionDocument document, CheckContext context)
    {
        var member = document.Root["containerDefinitions"];
        if (member is not JArray { Count: > 0 } containers)
        {
            yield return document.At(member ?? document.Root, FindingSeverity.Error, "'containerDefinitions' must be an array with at least one container.");
            yield break;
        }

        foreach (var odd in containers.Where(container => container is not JObject))
            yield return document.At(odd, FindingSeverity.Error, "A container definition is an object.");

        var named = document.Containers.Where(container => ContainerChoice.NameOf(container) is not null).ToList();
        foreach (var twin in named.GroupBy(ContainerChoice.NameOf, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            yield return document.At(twin["name"]!, FindingSeverity.Error, "Another container has the same name.");

        var target = ContainerChoice.Find(document, context.Container, out var problem);
        if (problem is not null) yield return problem;
        foreach (var finding in document.Containers.SelectMany(container => ContainerChecks.Check(document, container, container == target, context)))
            yield return finding;
    }

    private static IEnumerable<Finding> Role(TaskDefinitionDocument document, string name, CheckContext context)
    {
        var role = document.Root[name];
        if (role is null)
        {
            if (name == "executionRoleArn" && IsFargate(document))
            {
                yield return document.At(document.Root, FindingSeverity.Error,
                    "The member 'executionRoleArn' is missing: on Fargate it is the role that pulls the image and writes the logs.");
            }

            yield break;
        }

        var arn = RolePattern().Match(TextOf(role) ?? string.Empty);
        if (!arn.Success)
            yield return document.At(role, FindingSeverity.Error, "A role's ARN was expected: \"arn:aws:iam::123456789012:role/name\".");
        else if (context.AccountId is { } account && arn.Groups["account"].Value != account)
        {
            yield return document.At(role, FindingSeverity.Error,
                $"The role belongs to account {arn.Groups["account"].Value}, the environment to account {account}.",
                TaskDefinitionDocument.SettingsSource);
        }
    }

    private static IEnumerable<Finding> Fargate(TaskDefinitionDocument document)
    {
        if (TextOf(document.Root["networkMode"]) != "awsvpc")
        {
            yield return document.At(document.Root["networkMode"] ?? document.Root, FindingSeverity.Error,
                "Fargate needs \"networkMode\": \"awsvpc\".");
        }

        var sizes = new List<int>();
        foreach (var (name, parse, example) in new (string, Func<string, int?>, string)[]
                 { ("cpu", TaskSize.Cpu, "\"256\" or \"0.25 vCPU\""), ("memory", TaskSize.MemoryMiB, "\"512\" or \"0.5 GB\"") })
        {
            var member = document.Root[name];
            if (TextOf(member) is { } text && parse(text) is { } size) sizes.Add(size);
            else
            {
                var message = member is null ? $"The member '{name}' is missing: Fargate needs it" : $"Fargate needs a string as '{name}'";
                yield return document.At(member ?? document.Root, FindingSeverity.Error, $"{message}, such as {example}.");
            }
        }

        if (sizes is [var cpu, var memory] && TaskSize.FindFargateProblem(cpu, memory) is { } problem)
            yield return document.At(document.Root["memory"]!, FindingSeverity.Error, problem);
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,255}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    internal static partial Regex NamePattern();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::(?<account>[0-9]{12}):role/[a-zA-Z0-9_+=,.@/-]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex RolePattern();
}
