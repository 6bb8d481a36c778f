using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Json;

/// <summary>
/// Ten thousand documents, each the shipped or the full one with a few changes, the same in every run: each ends in a finding or in a valid
/// document, and what is read is written as it was.
/// </summary>
public sealed class MutationTests
{
    private const int ByteCases = 6000;
    private const int TreeCases = 4000;

    private static readonly byte[][] Originals = [Encoding.UTF8.GetBytes(TestDocuments.Shipped), Encoding.UTF8.GetBytes(FullDocument.Create().ToString())];

    private static readonly byte[][] Snippets =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "1e999", "-0", "0.10", "010", "//", "/**/", "\0", "\n", "\uFEFF", "ä", "😀",
            "REPLACE_ME", "\"family\":\"a\",", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "'", " ",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80],
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.50", "1e5", "-0", "99999999999999999999999999", "1e400", "\"\"", "\"x\"", "\"a\\u0000b\"", "\"\\ud83d\\ude00\"", "\"2020-01-01T00:00:00Z\"",
        "\"arn:aws:iam::1:role/\"", "\"-\"", "\"1-2-3\"", "\"fs-\"", "\"0 vCPU\"", "\"NONE\"", "[]", "{}", "[null]", "[[1]]", "[{}]", "{\"a\":{}}", "{\"name\":5}", "[\"x\",\"x\"]", "\"${X}\"",
    ];

    [Test]
    public void Changed_bytes_end_in_a_finding_or_a_document()
    {
        var random = new Random(20260101);
        var refused = 0;
        for (var index = 0; index < ByteCases; index++)
        {
            var text = Originals[index % 2];
            for (var edits = random.Next(1, 4); edits > 0; edits--) text = Edited(text, random);
            if (!Check(text)) refused++;
        }

        Assert.That(refused, Is.InRange(ByteCases / 10, ByteCases * 99 / 100));
    }

    [Test]
    public void Changed_trees_end_in_findings_or_a_valid_document()
    {
        var random = new Random(20260102);
        for (var index = 0; index < TreeCases; index++)
        {
            var root = JObject.Parse(Encoding.UTF8.GetString(Originals[index % 2]));
            for (var edits = random.Next(1, 4); edits > 0; edits--) Edit(root, random);
            Assert.That(Check(Encoding.UTF8.GetBytes(root.ToString())), Is.True, root.ToString());
        }
    }

    /// <summary>Whether the text was read.</summary>
    private static bool Check(byte[] text)
    {
        var document = TaskDefinitionDocument.Read("x.json", text, out var problems);
        if (document is null)
        {
            Assert.That(problems, Has.Count.EqualTo(1));
            Assert.That(problems[0].Line, Is.GreaterThanOrEqualTo(1));
            Assert.That(problems[0].Column, Is.GreaterThanOrEqualTo(1));
            if (problems[0].Rule == JsonRules.Syntax) Assert.That(IsObject(text), Is.False, problems[0].ToString());
            return false;
        }

        var findings = TaskDefinitionChecks.Check(document, TestDocuments.Context with { ContainerPort = 8000, Platform = "linux/amd64" });
        Assert.That(findings, Has.All.Property("Line").Not.Null);
        Assert.That(string.Concat(findings).Any(char.IsControl), Is.False, "a control character in a finding");
        Assert.That(SameJson.FindDifference(text, Encoding.UTF8.GetBytes(CanonicalJson.Write(document.Root))), Is.Null, () => Encoding.UTF8.GetString(text));
        return true;
    }

    private static bool IsObject(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Edited(byte[] text, Random random)
    {
        var position = random.Next(text.Length);
        var removed = Math.Min(random.Next(0, 12), text.Length - position);
        var added = random.Next(3) == 0 ? [] : Snippets[random.Next(Snippets.Length)];
        return [.. text[..position], .. added, .. text[(position + removed)..]];
    }

    private static void Edit(JObject root, Random random)
    {
        var tokens = root.Descendants().Where(token => token is not JProperty).ToList();
        if (tokens.Count == 0) return;
        var token = tokens[random.Next(tokens.Count)];
        switch (random.Next(5))
        {
            case 0 when token.Parent is JProperty member:
                member.Remove();
                break;
            case 1 when token.Parent is JArray list:
                list.Add(token.DeepClone());
                break;
            case 2 when token.Parent is JProperty named && named.Parent is JObject owner:
                var name = named.Name + (random.Next(2) == 0 ? "s" : "\0");
                if (!owner.ContainsKey(name)) named.Replace(new JProperty(name, named.Value));
                break;
            default:
                token.Replace(new JRaw(Values[random.Next(Values.Length)]));
                break;
        }
    }
}
