using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs.Operations;

internal sealed class RunTaskTests : CloudFixture
{
    [Test]
    public async Task A_request_that_is_sent_again_with_its_client_token_starts_nothing_new()
    {
        var first = await RunAsync("once");
        Assert.That(first, Has.Count.EqualTo(2));
        Assert.That(await RunAsync("once"), Is.EquivalentTo(first));
        Assert.That((await RunAsync("ONCE")).Intersect(first), Is.Empty);
        Assert.That((await RunAsync(null)).Intersect(await RunAsync(null)), Is.Empty);
    }

    [Test]
    public async Task A_client_token_of_another_request_is_a_conflict()
    {
        await RunAsync("taken");
        var other = Input("taken");
        other["overrides"] = new JsonObject { ["containerOverrides"] = new JsonArray(new JsonObject { ["name"] = "stream-ml-service", ["command"] = new JsonArray("other") }) };
        var answer = await Signed.CallAsync("ecs", "RunTask", other);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "ConflictException")));
    }

    private async Task<IReadOnlyList<string>> RunAsync(string? token) =>
        [.. (await Signed.OkAsync("ecs", "RunTask", Input(token)))["tasks"]!.AsArray().Select(task => (string)task!["taskArn"]!)];

    private static JsonObject Input(string? token) => new()
    {
        ["cluster"] = Account.Cluster,
        ["taskDefinition"] = "stream-ml-service:1",
        ["count"] = 2,
        ["clientToken"] = token,
        ["networkConfiguration"] = new JsonObject { ["awsvpcConfiguration"] = new JsonObject { ["subnets"] = new JsonArray("subnet-1") } },
    };
}
