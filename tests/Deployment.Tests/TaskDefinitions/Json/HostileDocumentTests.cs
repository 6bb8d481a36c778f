using System.Text;
using CsCheck;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Json;

/// <summary>Whatever a file holds, the answer is a document or findings, never another exception.</summary>
public sealed class HostileDocumentTests
{
    private static readonly byte[] Original = Encoding.UTF8.GetBytes(TestDocuments.Shipped);

    private static readonly string[] Snippets =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "null", "true", "1e999", "-", "//", "\u0000", "\uFEFF", "REPLACE_ME", "{}", "[[]]", "\"\\ud800\"",
    ];

    private static readonly Gen<byte[]> Snippet = Gen.OneOf(
        Gen.Int[0, Snippets.Length - 1].Select(index => Encoding.UTF8.GetBytes(Snippets[index])), Gen.Byte.Array[0, 4]);

    private static readonly Gen<(int Position, int Removed, byte[] Added)> Edit =
        Gen.Select(Gen.Int[0, Original.Length], Gen.Int[0, 30], Snippet);

    [Test]
    public void A_mutated_task_definition_is_read_or_refused() =>
        Edit.Array[1, 4].Sample(edits => Survives(edits.Aggregate(Original, Apply)), iter: 3000);

    [Test]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(Survives);

    [Test]
    public void A_value_of_any_type_in_any_place_is_checked_without_an_exception()
    {
        var members = TestDocuments.Read(TestDocuments.Shipped).Root.Descendants().Select(token => token.Path).Distinct().ToList();
        string[] values = ["null", "true", "5", "-1.5e400", "\"\"", "\"x\"", "[]", "{}", "[null]", "{\"a\":{}}", "[[1]]"];

        foreach (var path in members)
        {
            foreach (var value in values)
            {
                var root = (Newtonsoft.Json.Linq.JObject)TestDocuments.Read(TestDocuments.Shipped).Root.DeepClone();
                root.SelectToken(path)!.Replace(new Newtonsoft.Json.Linq.JRaw(value));
                Assert.That(Survives(Encoding.UTF8.GetBytes(root.ToString())), Is.True, $"{path} = {value}");
            }
        }
    }

    private static byte[] Apply(byte[] text, (int Position, int Removed, byte[] Added) edit)
    {
        var position = Math.Min(edit.Position, text.Length);
        return [.. text[..position], .. edit.Added, .. text[Math.Min(position + edit.Removed, text.Length)..]];
    }

    private static bool Survives(byte[] text)
    {
        var document = TaskDefinitionDocument.Read("x.json", text, out var findings);
        if (document is null) return findings.Count == 1 && findings[0].Line >= 1 && findings[0].Column >= 1;

        var problems = TaskDefinitionChecks.Check(document, TestDocuments.Context);
        var self = TaskDefinitionComparison.FindDifferences(document, document);
        TaskDefinitionComparison.FindDifferences(TestDocuments.Read(TestDocuments.Shipped), document);
        if (problems.Any(problem => problem.Severity == FindingSeverity.Error)) return self.Count == 0;

        var rendered = TaskDefinitionRenderer.Render(document, new RenderRequest(TestDocuments.Image));
        return self.Count == 0 && TestDocuments.Read(rendered.Text).Family == rendered.Family;
    }
}
