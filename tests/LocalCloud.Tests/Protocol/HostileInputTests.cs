using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Protocol;

/// <summary>Inputs made from the models, with hostile values where a value may be: the answer is a result or a refusal, never a failure.</summary>
internal sealed class HostileInputTests : CloudFixture
{
    private const int InputsPerOperation = 40;

    private static readonly string[] Texts =
    [
        "", " ", "a", "stream-ml-service", "../../../etc/passwd", "..", "/", "\\", "a/../b", "\u0000", "\ud800", "😀", "null", "%00", "%2e%2e%2f",
        "sha256:0000000000000000000000000000000000000000000000000000000000000000", "sha256:../../x", "f/99999999999999999999-1", "f/1-1", "b/0-0", "ZnJvbTotMQ==",
        "{ $.x = 1 }", "\"", "-", "?", "- -", "arn:aws:ecs:us-east-1:123456789012:cluster/emotional-parrot", "127.0.0.1:1/stream-ml-service:x", new string('x', 5000),
    ];

    private static IEnumerable<TestCaseData> Operations() => new[] { "ecr", "logs", "ecs" }
        .SelectMany(service => ServiceModel.Load(service).Operations.Select(operation => new TestCaseData(service, operation)));

    [TestCaseSource(nameof(Operations))]
    public async Task No_input_makes_an_operation_fail(string service, string operation)
    {
        var model = ServiceModel.Load(service);
        var random = new Random(operation.Length * 7919);
        for (var i = 0; i < InputsPerOperation; i++)
        {
            var input = model.Input(operation) is { } shape ? Make(model, shape, random, 0) : new JsonObject();
            var answer = await Signed.CallAsync(service, operation, input);
            Assert.That(answer.Status, Is.LessThan(500), () => $"{input?.ToJsonString()}\n{answer.Text}");
        }
    }

    private static JsonNode? Make(ServiceModel model, Shape shape, Random random, int depth)
    {
        if (random.Next(25) == 0) return Any(random);
        switch (shape.Type)
        {
            case "structure":
                var structure = new JsonObject();
                foreach (var (name, member) in shape.Members)
                {
                    var wanted = shape.Required.Contains(name) ? random.Next(20) > 0 : depth < 5 && random.Next(3) == 0;
                    if (wanted) structure[name] = Make(model, model[member], random, depth + 1);
                }

                return structure;
            case "list":
                return new JsonArray([.. Enumerable.Range(0, depth > 5 ? 0 : random.Next(3)).Select(_ => Make(model, model[shape.Element!], random, depth + 1))]);
            case "map":
                return new JsonObject { [Texts[random.Next(Texts.Length)]] = depth > 5 ? null : Make(model, model[shape.Element!], random, depth + 1) };
            case "boolean":
                return random.Next(2) == 0;
            case "string":
                return shape.Enum.Count > 0 && random.Next(4) > 0 ? shape.Enum[random.Next(shape.Enum.Count)] : Texts[random.Next(Texts.Length)];
            default:
                return random.Next(6) switch { 0 => 0, 1 => -1, 2 => int.MaxValue, 3 => int.MinValue, 4 => shape.Max is { } max ? (int)max : 1, _ => random.Next(100) };
        }
    }

    private static JsonNode? Any(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => 1e300,
        2 => long.MaxValue,
        3 => new JsonArray(null, 1, "x"),
        4 => new JsonObject { ["a"] = null },
        5 => true,
        6 => -0.5,
        _ => "text",
    };
}
