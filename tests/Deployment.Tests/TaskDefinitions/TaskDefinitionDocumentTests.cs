using System.Text;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Json;

namespace Slipway.Deployment.Tests.TaskDefinitions;

public sealed class TaskDefinitionDocumentTests
{
    [TestCase("", 1, 1, "empty")]
    [TestCase("  \n ", 1, 1, "empty")]
    [TestCase("[]", 1, 1, "The document is no object. Found an array")]
    [TestCase("\"x\"", 1, 1, "Found a string; allowed: one JSON object")]
    [TestCase("{\n  \"family\": \"a\"\n  \"cpu\": \"256\"\n}", 3, 3, "A comma is missing before it")]
    [TestCase("{\n  \"family\": \"a\",\n}", 3, 1, "A comma has nothing behind it")]
    [TestCase("{ \"a\": [1, 2,] }", 1, 14, "A comma has nothing behind it")]
    [TestCase("{\n  // note\n  \"family\": \"a\" }", 2, 3, "no comments")]
    [TestCase("{ \"a\": 1 /* b */ }", 1, 10, "no comments")]
    [TestCase("{ 'family': 1 }", 1, 3, "double quotes")]
    [TestCase("{ family: 1 }", 1, 3, "double quotes")]
    [TestCase("{ \"family\" 1 }", 1, 12, "A colon between name and value is missing")]
    [TestCase("{ \"family\": }", 1, 13, "A value was expected")]
    [TestCase("{ \"family\": \"a\"", 1, 16, "ends in the middle")]
    [TestCase("{ \"family\": \"a", 1, 15, "ends in the middle")]
    [TestCase("{ \"family\": \"a\" } x", 1, 19, "after the end of the document")]
    [TestCase("{ \"a\": 1, \"a\": 2 }", 1, 11, "this member twice. Found \"a\"")]
    [TestCase("{ \"b\": { \"a\": 1, \"a\": 2 } }", 1, 18, "this member twice. Found \"a\"")]
    [TestCase("{ \"a\": \"x\\q\" }", 1, 11, "escape is not JSON")]
    [TestCase("{ \"a\": \"\\ud800\" }", 1, 8, "surrogate")]
    [TestCase("{ \"a\": 01 }", 1, 9, "not a JSON number")]
    [TestCase("{ \"a\": tru }", 1, 11, "A value was expected")]
    [TestCase("{ \"ä\": 1, \"ä\": 2 }", 1, 11, "this member twice")]
    [TestCase("{ \"a\": \"line\nbreak\" }", 1, 13, "line ends inside a string")]
    public void Broken_json_is_told_with_line_column_and_what_was_expected(string text, int line, int column, string words)
    {
        var document = TaskDefinitionDocument.Read("infra/x.json", Encoding.UTF8.GetBytes(text), out var findings);

        Assert.That(document, Is.Null);
        Assert.That(findings, Has.Count.EqualTo(1));
        Assert.That(findings[0].Message, Does.Contain(words));
        Assert.That((findings[0].Line, findings[0].Column), Is.EqualTo((line, column)), findings[0].ToString());
    }

    [Test]
    public void A_byte_order_mark_is_refused()
    {
        TaskDefinitionDocument.Read("x.json", new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' }, out var findings);

        Assert.That(findings.Single().Message, Does.Contain("byte order mark"));
    }

    [Test]
    public void A_file_in_utf_16_is_refused()
    {
        TaskDefinitionDocument.Read("x.json", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(), out var findings);

        Assert.That(findings.Single().Message, Does.Contain("UTF-16"));
    }

    [Test]
    public void Invalid_utf_8_is_refused_at_its_place()
    {
        TaskDefinitionDocument.Read("x.json", new byte[] { (byte)'{', (byte)'"', (byte)'a', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, out var findings);

        Assert.That(findings.Single().Message, Does.Contain("UTF-8"));
        Assert.That(findings.Single().Column, Is.EqualTo(2));
    }

    [Test]
    public void Deep_nesting_is_refused()
    {
        var text = string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70);

        TaskDefinitionDocument.Read("x.json", Encoding.UTF8.GetBytes(text), out var findings);

        Assert.That(findings.Single().Message, Does.Contain("nested too deep"));
    }

    [Test]
    public void A_huge_file_is_refused_before_it_is_parsed()
    {
        TaskDefinitionDocument.Read("x.json", new byte[StrictJsonReader.MaxBytes + 1], out var findings);

        Assert.That(findings.Single().Message, Does.Contain("1048577 bytes"));
    }

    [Test]
    public void An_error_names_file_line_and_column()
    {
        var refusal = Assert.Throws<SlipwayException>(() => TestDocuments.Read("{\n  \"family\": oops\n}", "infra/ecs-task-def.json"));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        Assert.That(refusal.Message, Does.Contain("infra/ecs-task-def.json:2:13: "));
        Assert.That(refusal.Remedy, Does.Contain("infra/ecs-task-def.json"));
    }

    [Test]
    public void Names_that_look_alike_are_told_apart()
    {
        string[] names = ["abcd", "accd", "abcd ", "äbcd", "abcd\n", "", new('a', 32), new('a', 33)];
        var entry = string.Join(", ", names.Select(name => $"{Newtonsoft.Json.JsonConvert.ToString(name)}: true"));

        var root = TestDocuments.Read($$"""{ "one": { {{entry}} }, "other": { {{entry}} } }""").Root;

        foreach (var member in new[] { "one", "other" })
            Assert.That(((Newtonsoft.Json.Linq.JObject)root[member]!).Properties().Select(property => property.Name), Is.EqualTo(names));
    }
}
