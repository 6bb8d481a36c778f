using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Planning;

/// <summary>A plan as <c>plan.json</c>, for programs. Pure.</summary>
public static class PlanJson
{
    /// <summary>The shape's number: raised where a member goes or changes its meaning.</summary>
    public const int Schema = 1;

    /// <summary>The document: two spaces, LF, a line end at the end.</summary>
    public static string Write(DeploymentPlan plan)
    {
        var root = new JObject
        {
            ["schema"] = Schema,
            ["environment"] = plan.Environment,
            ["region"] = plan.Region,
            ["accountId"] = plan.AccountId,
            ["changesPending"] = plan.HasChanges,
            ["wouldFail"] = plan.Problems.Count > 0,
            ["summary"] = PlanWords.Verdict(plan),
            ["settings"] = List(plan.Settings, setting => new { setting.Name, setting.Value, setting.Origin }),
            ["image"] = Of(plan.Image, image => new { Change = Word(image.Change), image.Name, image.Digest, image.Builder, image.Platform }),
            ["taskDefinition"] = Of(plan.TaskDefinition, definition => new
            {
                Change = Word(definition.Change),
                definition.Family,
                definition.Live,
                definition.Wanted,
                Differences = definition.Differences.Select(difference => new { difference.Path, difference.Before, difference.After }),
            }),
            ["service"] = Of(plan.Service, service => new
            {
                service.Name,
                service.Cluster,
                service.Live,
                service.Wanted,
                service.DesiredCount,
                service.WantedCount,
                service.IsUpdated,
                service.UnderWay,
            }),
            ["calls"] = List(plan.Calls, call => new { call.Operation, call.Writes, call.What }),
            ["findings"] = List(plan.Findings, Finding),
            ["warnings"] = List(plan.Warnings, warning => warning),
            ["problems"] = List(plan.Problems, problem => new { problem.Target, problem.Message, problem.Remedy, ExitCode = (int)problem.ExitCode }),
        };
        return JsonText.Write(root);
    }

    private static object Finding(Finding finding) => new
    {
        Rule = finding.Rule.Id,
        Severity = Word(finding.Severity),
        finding.File,
        finding.Line,
        finding.Column,
        Path = finding.JsonPath,
        finding.Problem,
        finding.Found,
        finding.Allowed,
        finding.Source,
    };

    private static JArray List<T>(IEnumerable<T> items, Func<T, object> select) => [.. items.Select(item => Token(select(item)))];

    private static JToken Of<T>(T? item, Func<T, object> select)
        where T : class => item is null ? JValue.CreateNull() : Token(select(item));

    private static JToken Token(object value) => JToken.FromObject(value, Serializer());

    private static JsonSerializer Serializer() => new()
    {
        ContractResolver = new Newtonsoft.Json.Serialization.CamelCasePropertyNamesContractResolver(),
    };

    private static string Word(Enum value)
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
