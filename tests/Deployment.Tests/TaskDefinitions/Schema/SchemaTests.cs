using System.Text;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Schema;
using Slipway.Deployment.TaskDefinitions.Validation;
using Slipway.Deployment.Tests.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Schema;

/// <summary>The schemas are those of the model and the options, and an editor that uses them agrees with the rules.</summary>
public sealed class SchemaTests
{
    private static readonly string[] Values =
        ["null", "true", "7", "-1", "1.5", "99999999999", "\"\"", "\"text\"", "\"AWSVPC\"", "\"${PORT}\"", "[]", "{}", "[null]", "[{}]", "{\"a\":1}", "{\"name\":\"a\"}"];

    private JsonSchema schema = null!;

    [OneTimeSetUp]
    public async Task Load() => schema = await JsonSchema.FromJsonAsync(TaskDefinitionSchema.Create());

    [Test]
    public void The_file_of_the_task_definition_s_schema_is_up_to_date() =>
        RepositoryFiles.AssertIsUpToDate("infra/schemas/ecs-task-def.schema.json", TaskDefinitionSchema.Create());

    [Test]
    public void The_file_of_the_environments_schema_is_up_to_date() =>
        RepositoryFiles.AssertIsUpToDate("infra/schemas/environment.schema.json", EnvironmentSchema.Create());

    [Test]
    public void The_shipped_and_the_full_document_are_valid()
    {
        Assert.That(schema.Validate(TestDocuments.Shipped), Is.Empty);
        Assert.That(schema.Validate(FullDocument.Create().ToString()), Is.Empty);
        Assert.That(BreachesOf(Encoding.UTF8.GetBytes(FullDocument.Create().ToString())), Is.Empty);
    }

    [Test]
    public void A_placeholder_may_stand_for_a_number_a_flag_and_a_fixed_value()
    {
        var root = JObject.Parse(TestDocuments.Shipped);
        var container = root["containerDefinitions"]![0]!;
        container["portMappings"]![0]!["containerPort"] = "${PORT:-8000}";
        container["essential"] = "${ESSENTIAL}";
        root["networkMode"] = "${MODE}";
        root["family"] = "${environment}-service";

        Assert.That(schema.Validate(root.ToString()), Is.Empty);
    }

    [Test]
    public void Schema_and_rules_refuse_the_same_documents_of_the_rules()
    {
        foreach (var item in RuleCases.All.Where(item => Read(item.Utf8) is not null)) AssertAgrees(item.Utf8, item.ToString());
    }

    [Test]
    public void Schema_and_rules_refuse_the_same_mutations()
    {
        var agreed = 0;
        foreach (var original in new[] { JObject.Parse(TestDocuments.Shipped), FullDocument.Create() })
        {
            var paths = original.Descendants().Select(token => token.Path).Distinct().ToList();
            for (var index = 0; index < paths.Count; index++)
            {
                foreach (var value in new[] { Values[index % Values.Length], Values[(index * 7 + 3) % Values.Length] })
                {
                    var changed = (JObject)original.DeepClone();
                    changed.SelectToken(paths[index])!.Replace(JToken.Parse(value));
                    AssertAgrees(Encoding.UTF8.GetBytes(changed.ToString()), $"{paths[index]} = {value}");
                    agreed++;
                }

                var without = (JObject)original.DeepClone();
                if (without.SelectToken(paths[index])!.Parent is not JProperty member) continue;
                member.Remove();
                AssertAgrees(Encoding.UTF8.GetBytes(without.ToString()), $"without {paths[index]}");
                agreed++;
            }
        }

        Assert.That(agreed, Is.GreaterThan(500));
    }

    [Test]
    public async Task The_shipped_environments_are_valid_and_a_slip_is_not()
    {
        var environments = await JsonSchema.FromJsonAsync(EnvironmentSchema.Create());
        foreach (var name in new[] { "local", "production" })
        {
            var text = RepositoryFiles.Read($"infra/environments/{name}.json");
            Assert.That(environments.Validate(text), Is.Empty, name);
            Assert.That((string?)JObject.Parse(text)["$schema"], Is.EqualTo("../schemas/environment.schema.json"));
        }
    }

    [Test]
    public async Task The_environments_schema_takes_the_kinds_that_the_reader_takes()
    {
        var environments = await JsonSchema.FromJsonAsync(EnvironmentSchema.Create());
        string[] values = ["null", "true", "7", "\"x\"", "[\"x\"]", "[1]", "{ \"A\": \"x\", \"B\": null }", "{ \"A\": 1 }"];
        foreach (var option in SettingsOptions.All.Where(option => option.JsonMember is not null && option.Choices.Count == 0))
        {
            foreach (var value in values)
            {
                var (outer, inner) = option.JsonMember!.Split('.') is [var section, var member] ? ($"{{ \"{section}\": ", member) : ("", option.JsonMember!);
                var text = $"{outer}{{ \"{inner}\": {value} }}{(outer.Length > 0 ? " }" : "")}";
                var problems = EnvironmentFile.Parse("x.json", text).Problems;
                Assert.That(environments.Validate(text).Count == 0, Is.EqualTo(problems.Count == 0), text);
            }
        }
    }

    private static TaskDefinitionDocument? Read(byte[] utf8) => TaskDefinitionDocument.Read("x.json", utf8, out _);

    private static IReadOnlyList<Finding> BreachesOf(byte[] utf8) =>
        [.. TaskDefinitionChecks.Check(Read(utf8)!, TestDocuments.Context).Where(finding => finding.Rule.InSchema)];

    private void AssertAgrees(byte[] utf8, string name)
    {
        var text = Encoding.UTF8.GetString(utf8);

        // Rules see what a placeholder became, the schema sees the placeholder; and an answer of the service is refused as a whole.
        if (text.Contains("${", StringComparison.Ordinal) || name.StartsWith("describe-answer", StringComparison.Ordinal)) return;
        var breaches = BreachesOf(utf8);
        var errors = schema.Validate(text);
        Assert.That(errors.Count > 0, Is.EqualTo(breaches.Count > 0), $"{name}\nrules: {string.Join('\n', breaches)}\nschema: {string.Join('\n', errors)}");
    }
}
