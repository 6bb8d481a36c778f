using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Registers, updates and watches one service as a deployment tool does: through the API only.</summary>
internal sealed class ServiceDriver(LocalCloudHost cloud, string service = Account.Service)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>A task definition in the shape of the shipped one; answers with its ARN.</summary>
    public async Task<string> RegisterAsync(string image, bool healthCheck = true, Action<JsonObject>? change = null, params (string Name, string Value)[] environment)
    {
        var container = new JsonObject
        {
            ["name"] = "stream-ml-service",
            ["image"] = image,
            ["portMappings"] = new JsonArray(new JsonObject { ["containerPort"] = 8000 }),
            ["environment"] = new JsonArray([.. environment.Select(pair => new JsonObject { ["name"] = pair.Name, ["value"] = pair.Value })]),
            ["stopTimeout"] = 10,
            ["logConfiguration"] = new JsonObject
            {
                ["logDriver"] = "awslogs",
                ["options"] = new JsonObject
                {
                    ["awslogs-group"] = Account.LogGroup,
                    ["awslogs-region"] = Account.Region,
                    ["awslogs-stream-prefix"] = "ecs",
                },
            },
        };
        if (healthCheck)
        {
            container["healthCheck"] = new JsonObject
            {
                ["command"] = new JsonArray("CMD", "dotnet", "/app/LocalCloud.TestService.dll", "--health"),
                ["interval"] = 5,
                ["timeout"] = 20,
                ["retries"] = 2,
                ["startPeriod"] = 0,
            };
        }

        change?.Invoke(container);
        var answer = await cloud.Signed.OkAsync("ecs", "RegisterTaskDefinition", new JsonObject
        {
            ["family"] = "stream-ml-service",
            ["networkMode"] = "awsvpc",
            ["requiresCompatibilities"] = new JsonArray("FARGATE"),
            ["cpu"] = "256",
            ["memory"] = "512",
            ["executionRoleArn"] = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            ["containerDefinitions"] = new JsonArray(container),
        });
        return (string)answer["taskDefinition"]!["taskDefinitionArn"]!;
    }

    /// <summary>Updates the service; answers with the id of the new primary deployment.</summary>
    public async Task<string> UpdateAsync(string taskDefinition, int desired = 1, bool force = false)
    {
        var answer = await cloud.Signed.OkAsync("ecs", "UpdateService", new JsonObject
        {
            ["cluster"] = Account.Cluster,
            ["service"] = service,
            ["taskDefinition"] = taskDefinition,
            ["desiredCount"] = desired,
            ["forceNewDeployment"] = force,
        });
        return (string)answer["service"]!["deployments"]![0]!["id"]!;
    }

    public async Task<JsonObject> DescribeAsync()
    {
        var answer = await cloud.Signed.OkAsync("ecs", "DescribeServices", new JsonObject
        {
            ["cluster"] = Account.Cluster,
            ["services"] = new JsonArray(service),
        });
        return answer["services"]![0]!.AsObject();
    }

    /// <summary>The service deployment that a deployment belongs to, as DescribeServiceDeployments has it.</summary>
    public async Task<JsonObject> ServiceDeploymentAsync(string arn) => (await cloud.Signed.OkAsync("ecs", "DescribeServiceDeployments", new JsonObject
    {
        ["serviceDeploymentArns"] = new JsonArray(arn),
    }))["serviceDeployments"]![0]!.AsObject();

    public async Task<IReadOnlyList<JsonObject>> TasksAsync(string desiredStatus = "RUNNING")
    {
        var list = await cloud.Signed.OkAsync("ecs", "ListTasks", new JsonObject
        {
            ["cluster"] = Account.Cluster,
            ["serviceName"] = service,
            ["desiredStatus"] = desiredStatus,
        });
        if (list["taskArns"] is not JsonArray { Count: > 0 } arns) return [];
        var answer = await cloud.Signed.OkAsync("ecs", "DescribeTasks", new JsonObject { ["cluster"] = Account.Cluster, ["tasks"] = arns.DeepClone() });
        return [.. answer["tasks"]!.AsArray().Select(task => task!.AsObject())];
    }

    /// <summary>Looks again and again until the service is as wanted; the events tell what went wrong where it never is.</summary>
    public async Task<JsonObject> UntilAsync(Func<JsonObject, bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var now = await DescribeAsync();
            if (wanted(now)) return now;
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                Assert.Fail($"the service never became as wanted: {now}\n{string.Join('\n', (await TasksAsync("STOPPED")).Take(3))}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    public Task<JsonObject> UntilCompletedAsync(string deployment) => UntilAsync(now =>
        now["deployments"]!.AsArray().Count == 1 && (string?)now["deployments"]![0]!["id"] == deployment
        && (string?)now["deployments"]![0]!["rolloutState"] == "COMPLETED");

    public static IReadOnlyList<string> Events(JsonObject service) => [.. service["events"]!.AsArray().Select(item => (string)item!["message"]!)];
}
