using Newtonsoft.Json.Linq;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.Tests.TaskDefinitions.Validation;

/// <summary>Documents and settings that break the rules of rendering.</summary>
internal static class RenderCases
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["API_TOKEN"] = "t",
        ["AWS_SECRET_ACCESS_KEY"] = "s",
    };

    private static readonly RenderRequest Request = new(TestDocuments.Image)
    {
        Placeholders = new(new Dictionary<string, string?>(), Variables.GetValueOrDefault),
    };

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        RuleCase.Rendered("placeholder-unset", "a variable that is not set", root => root["taskRoleArn"] = "${ROLE}", Request),
        RuleCase.Rendered("placeholder-unset", "one with a message", root => root["taskRoleArn"] = "${ROLE:?the role of the program}", Request),
        RuleCase.Rendered("placeholder-syntax", "an operator of a shell", root => root["taskRoleArn"] = "${ROLE%/*}", Request),
        RuleCase.Rendered("placeholder-syntax", "no end", root => root["taskRoleArn"] = "${ROLE", Request),
        RuleCase.Rendered("placeholder-in-name", "a label", root => Container(root)["dockerLabels"] = new JObject { ["${TEAM}"] = "x" }, Request),
        RuleCase.Rendered("placeholder-secret", "a token", root => Variable(root)["value"] = "${API_TOKEN}", Request),
        RuleCase.Rendered("placeholder-credential", "the run's own key", root => Variable(root)["value"] = "${AWS_SECRET_ACCESS_KEY}", Request),
        RuleCase.Rendered("setting-secret", "a password", _ => { }, Changed(new() { Containers = [new(ContainerChangeKind.Variable, "DB_PASSWORD", "p", "--env")] })),
        RuleCase.Rendered("setting-target", "a container that is not there", _ => { }, Changed(new() { Images = [new("sidecar", "envoy:1", "infra/environments/local.json:9:5")] })),
        RuleCase.Rendered(
            "setting-target", "no log configuration", root => Container(root).Remove("logConfiguration"),
            Changed(new() { Containers = [new(ContainerChangeKind.LogOption, "mode", "non-blocking", "--log-option")] })),
        RuleCase.Registered(
            "aws-tag", "a tag of a stack", root => root["tags"] = JArray.Parse("""[{ "key": "aws:cloudformation:stack-name", "value": "x" }, { "key": "team", "value": "ml" }]""")),
    ];

    private static RenderRequest Changed(TaskDefinitionChanges changes) => Request with { Changes = changes };

    private static JObject Container(JObject root) => (JObject)root["containerDefinitions"]![0]!;

    private static JObject Variable(JObject root) => (JObject)Container(root)["environment"]![0]!;
}
