using System.Text.Json;
using CsCheck;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Rendering;

public sealed class PlaceholderTests
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["NAME"] = "value",
        ["EMPTY"] = "",
        ["QUOTES"] = "a \"b\" \\ c\n",
        ["PLACEHOLDER"] = "${NAME}",
        ["region"] = "of the run",
        ["PORT"] = "8000",
        ["YES"] = "true",
        ["API_TOKEN"] = "t",
        ["AWS_SECRET_ACCESS_KEY"] = "s",
        ["DSN_OF_DB"] = "postgres://u:p@h/d",
        ["DB_SECRET"] = "arn:x",
    };

    [TestCase("plain", "plain")]
    [TestCase("${NAME}", "value")]
    [TestCase("a ${NAME} b ${NAME}", "a value b value")]
    [TestCase("${UNSET:-default}", "default")]
    [TestCase("${UNSET:-}", "")]
    [TestCase("${EMPTY:-default}", "default")]
    [TestCase("${NAME:-default}", "value")]
    [TestCase("${NAME:?must be set}", "value")]
    [TestCase("${UNSET:-a:-b $x {}", "a:-b $x {")]
    [TestCase("${UNSET:-${NAME}}", "${NAME}")]
    [TestCase("$${NAME}", "${NAME}")]
    [TestCase("$$${NAME}", "$${NAME}")]
    [TestCase("$NAME $ $$ 5$ $(x)", "$NAME $ $$ 5$ $(x)")]
    [TestCase("${QUOTES}", "a \"b\" \\ c\n")]
    [TestCase("${PLACEHOLDER}", "${NAME}")]
    [TestCase("${region}", "us-east-1")]
    [TestCase("${image.digest}", "sha256:1")]
    [TestCase("${PORT}", "8000")]
    public void A_text_is_expanded(string text, string expected)
    {
        var rendered = Render(root => Variable(root)["value"] = text);

        Assert.That(rendered.Findings, Is.Empty);
        Assert.That((string?)Variable(JObject.Parse(rendered.Text))["value"], Is.EqualTo(expected));
    }

    [TestCase("${UNSET}", "placeholder-unset", "The variable 'UNSET' is not set. Found a hidden value; allowed: 'UNSET' set in the environment of the run, a default as in ${UNSET:-default}, or $${ for a literal ${.")]
    [TestCase("${EMPTY:?set it.}", "placeholder-unset", "The variable 'EMPTY' is not set: set it. Found a hidden value; allowed: 'EMPTY' set in the environment of the run, a default as in ${EMPTY:-default}, or $${ for a literal ${.")]
    [TestCase("${commit}", "placeholder-unset", "The variable 'commit' is not set. Found a hidden value; allowed: 'commit' set in the environment of the run, a default as in ${commit:-default}, or $${ for a literal ${.")]
    [TestCase("${NAME", "placeholder-syntax", "This begins like a placeholder and is none. Found a hidden value; allowed: ${NAME}, ${NAME:-default}, ${NAME:?message}, or $${ for a literal ${.")]
    [TestCase("${NAME%x}", "placeholder-syntax", "This begins like a placeholder and is none. Found a hidden value; allowed: ${NAME}, ${NAME:-default}, ${NAME:?message}, or $${ for a literal ${.")]
    [TestCase("${}", "placeholder-syntax", "This begins like a placeholder and is none. Found a hidden value; allowed: ${NAME}, ${NAME:-default}, ${NAME:?message}, or $${ for a literal ${.")]
    [TestCase("${1A}", "placeholder-syntax", "This begins like a placeholder and is none. Found a hidden value; allowed: ${NAME}, ${NAME:-default}, ${NAME:?message}, or $${ for a literal ${.")]
    [TestCase("${API_TOKEN}", "placeholder-secret", "The variable 'API_TOKEN' looks like a secret, and whoever may describe the task definition would read it. Found a hidden value; allowed: an entry of 'secrets' with the ARN of a secret.")]
    [TestCase("${AWS_SECRET_ACCESS_KEY}", "placeholder-credential", "The variable 'AWS_SECRET_ACCESS_KEY' looks like a secret, and whoever may describe the task definition would read it. Found a hidden value; allowed: an entry of 'secrets' with the ARN of a secret.")]
    [TestCase("${DSN_OF_DB}", "placeholder-credential", "The variable 'DSN_OF_DB' looks like a secret, and whoever may describe the task definition would read it. Found a hidden value; allowed: an entry of 'secrets' with the ARN of a secret.")]
    public void What_cannot_or_should_not_be_expanded_is_found_in_its_place(string text, string rule, string message)
    {
        var finding = Render(root => Variable(root)["value"] = text).Findings.Single();

        Assert.That((finding.Rule.Id, finding.JsonPath), Is.EqualTo((rule, "containerDefinitions[0].environment[0].value")));
        Assert.That(finding.Message, Is.EqualTo(message));
        Assert.That(finding.Line, Is.GreaterThan(1));
    }

    [Test]
    public void A_reference_to_a_secret_is_no_secret() =>
        Assert.That(
            Render(root => root["containerDefinitions"]![0]!["secrets"] = JArray.Parse("""[{ "name": "DB", "valueFrom": "${DB_SECRET}" }]""")).Findings,
            Is.Empty);

    [Test]
    public void A_placeholder_in_the_name_of_a_member_is_found()
    {
        var finding = Render(root => root["containerDefinitions"]![0]!["dockerLabels"] = new JObject { ["${NAME}"] = "x" }).Findings.Single();

        Assert.That(finding.Rule.Id, Is.EqualTo("placeholder-in-name"));
        Assert.That(finding.Message, Is.EqualTo("A placeholder stands in the name of a member. Found \"${NAME}\"; allowed: placeholders in values."));
    }

    [Test]
    public void Where_a_number_or_a_boolean_is_due_a_placeholder_becomes_one()
    {
        var rendered = Render(root =>
        {
            root["cpu"] = "${PORT}";
            root["containerDefinitions"]![0]!["portMappings"]![0]!["containerPort"] = "${PORT}";
            root["containerDefinitions"]![0]!["essential"] = "${YES}";
            root["containerDefinitions"]![0]!["stopTimeout"] = "${NAME}";
        });

        var container = JObject.Parse(rendered.Text)["containerDefinitions"]![0]!;
        Assert.That(container["portMappings"]![0]!["containerPort"]!.Type, Is.EqualTo(JTokenType.Integer));
        Assert.That((int)container["portMappings"]![0]!["containerPort"]!, Is.EqualTo(8000));
        Assert.That(container["essential"]!.Type, Is.EqualTo(JTokenType.Boolean));
        Assert.That((string?)container["stopTimeout"], Is.EqualTo("value"));
        Assert.That(JObject.Parse(rendered.Text)["cpu"]!.Type, Is.EqualTo(JTokenType.String));
    }

    [Test]
    public void Any_value_stays_one_string_of_valid_JSON() => Gen.String.Sample(value =>
    {
        // Half of a surrogate pair is no text that a process could have in its environment.
        if (value.Length == 0 || !value.IsNormalizedSafely()) return true;
        var source = TestDocuments.With(root => Variable(root)["value"] = "<${V}>");
        var rendered = TaskDefinitionRenderer.Render(source, new RenderRequest(TestDocuments.Image) { Placeholders = new(new Dictionary<string, string?>(), _ => value) });
        using var document = JsonDocument.Parse(rendered.Text);
        return document.RootElement.GetProperty("containerDefinitions")[0].GetProperty("environment")[0].GetProperty("value").GetString() == $"<{value}>";
    });

    private static JToken Variable(JObject root) => root["containerDefinitions"]![0]!["environment"]![0]!;

    private static RenderedTaskDefinition Render(Action<JObject> change)
    {
        var builtIns = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["region"] = "us-east-1",
            ["commit"] = null,
            ["image.digest"] = "sha256:1",
        };
        return TaskDefinitionRenderer.Render(
            TestDocuments.With(change), new RenderRequest(TestDocuments.Image) { Placeholders = new(builtIns, Variables.GetValueOrDefault) });
    }
}

internal static class Texts
{
    /// <summary>Whether a text has no half of a surrogate pair.</summary>
    public static bool IsNormalizedSafely(this string text) => text.EnumerateRunes().All(rune => rune.Value != 0xFFFD);
}
