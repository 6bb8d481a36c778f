using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Validation;

/// <summary>A document that breaks a rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">What is wrong with the document.</param>
/// <param name="Utf8">The document.</param>
/// <param name="Context">What it is checked against.</param>
internal sealed record RuleCase(string Rule, string Name, byte[] Utf8, CheckContext Context)
{
    public const string File = "infra/ecs-task-def.json";

    /// <summary>The shipped document after a change.</summary>
    public static RuleCase Of(string rule, string name, Action<JObject> change, CheckContext? context = null)
    {
        var root = JObject.Parse(TestDocuments.Shipped);
        change(root);
        return new RuleCase(rule, name, Encoding.UTF8.GetBytes(root.ToString().ReplaceLineEndings("\n")), context ?? TestDocuments.Context);
    }

    /// <summary>A text of its own.</summary>
    public static RuleCase Text(string rule, string name, string text) => new(rule, name, Encoding.UTF8.GetBytes(text), TestDocuments.Context);

    /// <summary>What else finds something in the document, where it is not a check.</summary>
    public Func<TaskDefinitionDocument, IReadOnlyList<Finding>>? Otherwise { get; init; }

    /// <summary>The shipped document after a change, rendered.</summary>
    public static RuleCase Rendered(string rule, string name, Action<JObject> change, RenderRequest request) =>
        Of(rule, name, change) with { Otherwise = document => TaskDefinitionRenderer.Render(document, request).Findings };

    /// <summary>The shipped document after a change, as an answer of the service.</summary>
    public static RuleCase Registered(string rule, string name, Action<JObject> change) => Of(rule, name, change) with
    {
        Otherwise = document => RegisteredRevisions.Read(
            new LiveTaskDefinition("arn:aws:ecs:us-east-1:123456789012:task-definition/web:7", document.Root.ToString())).Findings,
    };

    public IReadOnlyList<Finding> Findings() =>
        TaskDefinitionDocument.Read(File, Utf8, out var problems) is not { } document ? problems
        : Otherwise is null ? TaskDefinitionChecks.Check(document, Context)
        : Otherwise(document);

    public override string ToString() => $"{Rule}: {Name}";
}
