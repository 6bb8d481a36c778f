using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Storage;

/// <summary>What an account needs before its first deployment: cluster, task definition and a service of no tasks yet.</summary>
internal static class FirstService
{
    private const string TargetGroupName = "stream-ml-service";

    public static EcsSnapshot Into(EcsSnapshot snapshot, BoundPorts ports, DateTimeOffset now)
    {
        if (snapshot.Clusters.Count > 0) return snapshot;
        var definition = new TaskDefinition
        {
            Family = Account.Repository,
            Revision = 1,
            Document = Document($"{ports.Registry}/{Account.Repository}:seed"),
            RegisteredAt = now,
        };
        var service = new Service
        {
            Name = Account.Service,
            Arn = Names.Service(Account.Cluster, Account.Service),
            ClusterArn = Names.Cluster(Account.Cluster),
            DesiredCount = 0,
            CreatedAt = now,
            Settings = Settings(),
        };
        var revision = new ServiceRevision
        {
            Arn = Names.ServiceRevision(Account.Cluster, service.Name, Names.NewNumber()),
            TaskDefinitionArn = definition.Arn,
            CreatedAt = now,
        };
        service = Rollouts.Begin(service, revision, [], now);
        return snapshot.With(Cluster.Named(Account.Cluster)).With(definition).With(service);
    }

    private static JsonObject Settings() => new()
    {
        ["launchType"] = "FARGATE",
        ["platformVersion"] = "LATEST",
        ["schedulingStrategy"] = "REPLICA",
        ["deploymentController"] = new JsonObject { ["type"] = "ECS" },
        ["deploymentConfiguration"] = new JsonObject
        {
            ["deploymentCircuitBreaker"] = new JsonObject { ["enable"] = true, ["rollback"] = true },
            ["maximumPercent"] = 200,
            ["minimumHealthyPercent"] = 100,
            ["strategy"] = "ROLLING",
        },
        ["loadBalancers"] = new JsonArray(new JsonObject
        {
            ["targetGroupArn"] = Names.TargetGroup(TargetGroupName),
            ["containerName"] = Account.Repository,
            ["containerPort"] = 8000,
        }),
        ["networkConfiguration"] = new JsonObject
        {
            ["awsvpcConfiguration"] = new JsonObject
            {
                ["subnets"] = new JsonArray("subnet-0localcloud000001"),
                ["securityGroups"] = new JsonArray("sg-0localcloud000001"),
                ["assignPublicIp"] = "DISABLED",
            },
        },
        ["enableECSManagedTags"] = false,
        ["enableExecuteCommand"] = false,
        ["propagateTags"] = "NONE",
    };

    private static JsonObject Document(string image) => new()
    {
        ["family"] = Account.Repository,
        ["networkMode"] = "awsvpc",
        ["requiresCompatibilities"] = new JsonArray("FARGATE"),
        ["cpu"] = "256",
        ["memory"] = "512",
        ["executionRoleArn"] = $"arn:aws:iam::{Account.Id}:role/ecsTaskExecutionRole",
        ["containerDefinitions"] = new JsonArray(new JsonObject
        {
            ["name"] = Account.Repository,
            ["image"] = image,
            ["essential"] = true,
            ["portMappings"] = new JsonArray(new JsonObject { ["containerPort"] = 8000, ["hostPort"] = 8000, ["protocol"] = "tcp" }),
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
        }),
    };
}
