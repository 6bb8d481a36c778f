using System.IO.Compression;
using System.Text.Json.Nodes;
using Slipway.ModelGenerator;

namespace AWSSDK.Tests.Generator;

internal sealed class ModelStripperTests
{
    private static readonly ServiceDefinition Service = new("toy", "AWSSDK.Toy", "Amazon.Toy", "AmazonToy", "none", ["Play"]);

    private const string Source = """
        {
          "metadata": {"serviceId": "Toy", "targetPrefix": "Toy_1", "uid": "toy-1", "auth": ["aws.auth#sigv4"]},
          "documentation": "words",
          "operations": {
            "Play": {"name": "Play", "documentation": "words", "input": {"shape": "PlayRequest"}, "errors": [{"shape": "Broken"}]},
            "Sleep": {"name": "Sleep", "input": {"shape": "SleepRequest"}}
          },
          "shapes": {
            "PlayRequest": {"type": "structure", "required": ["name"], "documentation": "words", "members": {
              "name": {"shape": "Name", "documentation": "words"},
              "token": {"shape": "Name", "idempotencyToken": true},
              "parts": {"shape": "Parts"}}},
            "Name": {"type": "string", "min": 1, "max": 8, "pattern": "[a-z<>]+", "documentation": "words", "sensitive": true},
            "Parts": {"type": "list", "member": {"shape": "Part"}},
            "Part": {"type": "structure", "members": {"inner": {"shape": "Parts"}, "colours": {"shape": "Colours"}}},
            "Colours": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Colour"}},
            "Colour": {"type": "string", "enum": ["RED", "dark-blue"]},
            "Broken": {"type": "structure", "exception": true, "members": {"message": {"shape": "Name"}}},
            "SleepRequest": {"type": "structure", "members": {}}
          }
        }
        """;

    [Test]
    public void What_the_chosen_operations_reach_is_kept_sorted_without_words()
    {
        var text = ModelStripper.Strip(JsonNode.Parse(Source)!.AsObject(), Service, "1.2.3");
        Assert.That(text, Is.EqualTo("""
            {
            "service":"toy",
            "version":"1.2.3",
            "metadata":{"serviceId":"Toy","targetPrefix":"Toy_1","uid":"toy-1"},
            "operations":{
            "Play":{"input":"PlayRequest","errors":["Broken"]}
            },
            "shapes":{
            "Broken":{"type":"structure","exception":true,"members":{"message":{"shape":"Name"}}},
            "Colour":{"type":"string","enum":["RED","dark-blue"]},
            "Colours":{"type":"map","key":{"shape":"Name"},"value":{"shape":"Colour"}},
            "Name":{"type":"string","min":1,"max":8,"pattern":"[a-z<>]+"},
            "Part":{"type":"structure","members":{"inner":{"shape":"Parts"},"colours":{"shape":"Colours"}}},
            "Parts":{"type":"list","member":{"shape":"Part"}},
            "PlayRequest":{"type":"structure","required":["name"],"members":{"name":{"shape":"Name"},"token":{"shape":"Name","idempotencyToken":true},"parts":{"shape":"Parts"}}}
            }
            }

            """));
    }

    [Test]
    public void An_operation_that_the_source_lacks_is_named() =>
        Assert.That(() => ModelStripper.Strip(JsonNode.Parse(Source)!.AsObject(), Service with { Operations = ["Jump"] }, "1"),
            Throws.InstanceOf<UsageException>().With.Message.Contains("operations/Jump"));

    [Test]
    public void An_operation_that_the_stripped_model_lacks_is_named_when_generating()
    {
        var model = new Model("toy", "1", new Dictionary<string, string>(), new Dictionary<string, Operation>(), new Dictionary<string, Shape>());
        Assert.That(() => EditionGenerator.Generate(Service, model), Throws.InstanceOf<UsageException>().With.Message.Contains("lacks Play"));
    }

    [Test]
    public void A_source_may_be_gzipped_and_a_broken_one_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("model-").FullName;
        try
        {
            var packed = Path.Combine(folder, "a.json.gz");
            using (var stream = new GZipStream(File.Create(packed), CompressionLevel.Fastest)) stream.Write("{\"a\":1}"u8);
            Assert.That(ModelText.Read(packed)["a"]!.GetValue<int>(), Is.EqualTo(1));

            var broken = Path.Combine(folder, "b.json.gz");
            File.WriteAllText(broken, "{}");
            Assert.That(() => ModelText.Read(broken), Throws.InstanceOf<UsageException>().With.Message.Contains("b.json.gz"));
            Assert.That(() => ModelText.Read(Path.Combine(folder, "none")), Throws.InstanceOf<UsageException>().With.Message.Contains("No file"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase("json-file", "JsonFile")]
    [TestCase("FARGATE_SPOT", "FARGATE_SPOT")]
    [TestCase("awslogs", "Awslogs")]
    [TestCase("application/x.tar", "ApplicationXTar")]
    public void Constants_are_named_as_upstream_names_them(string value, string expected) =>
        Assert.That(Naming.Constant(value), Is.EqualTo(expected));
}
