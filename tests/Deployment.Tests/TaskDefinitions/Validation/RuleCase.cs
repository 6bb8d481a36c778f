using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions;
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

    public IReadOnlyList<Finding> Findings() =>
        TaskDefinitionDocument.Read(File, Utf8, out var problems) is { } document ? TaskDefinitionChecks.Check(document, Context) : problems;

    public override string ToString() => $"{Rule}: {Name}";
}
