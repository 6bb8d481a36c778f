using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Runs tasks on their own and watches them through the API.</summary>
internal sealed class SingleTask(LocalCloudHost cloud)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The whole answer of RunTask.</summary>
    public async Task<JsonObject> RunAsync(string definition, JsonObject? overrides = null)
    {
        var input = new JsonObject
        {
            ["cluster"] = Account.Cluster,
            ["taskDefinition"] = definition,
            ["networkConfiguration"] = new JsonObject { ["awsvpcConfiguration"] = new JsonObject { ["subnets"] = new JsonArray("subnet-1") } },
        };
        if (overrides is not null) input["overrides"] = overrides;
        return await cloud.Signed.OkAsync("ecs", "RunTask", input);
    }

    /// <summary>Starts one task; answers with its ARN.</summary>
    public async Task<string> StartAsync(string definition, JsonObject? overrides = null) =>
        (string)(await RunAsync(definition, overrides))["tasks"]![0]!["taskArn"]!;

    /// <summary>Runs one task to its end.</summary>
    public async Task<JsonObject> EndedAsync(string definition, JsonObject? overrides = null) =>
        await UntilAsync(await StartAsync(definition, overrides), "STOPPED");

    public async Task<JsonObject> UntilAsync(string arn, string status)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await cloud.Signed.OkAsync("ecs", "DescribeTasks", new JsonObject { ["cluster"] = Account.Cluster, ["tasks"] = new JsonArray(arn) });
            var task = answer["tasks"]![0]!.AsObject();
            if ((string?)task["lastStatus"] == status) return task;
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(Patience), task.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
