using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws;

public sealed class EcsTaskRunnerTests : AwsStubFixture
{
    private static readonly OneOffTask Migration = new(
        "parrot", "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7", "web", ["dotnet", "app.dll", "two words"],
        new Dictionary<string, string> { ["MODE"] = "up" },
        new TaskPlacement { LaunchType = "FARGATE", PlatformVersion = "1.4.0", Subnets = ["subnet-1"], SecurityGroups = ["sg-1"] }, "slipway/abc");

    private EcsTaskRunner Ecs => new(Connection, TimeProvider.System);

    [Test]
    public async Task A_task_is_run_with_the_services_placement_and_the_containers_overrides()
    {
        Stub.On("RunTask", """{ "tasks": [{ "taskArn": "arn:task/parrot/1", "lastStatus": "PROVISIONING", "desiredStatus": "RUNNING" }] }""");

        var task = await Ecs.RunAsync(Migration, CancellationToken.None);

        Assert.That((task.Id, task.LastStatus), Is.EqualTo(("1", "PROVISIONING")));
        var sent = JsonNode.Parse(Stub.BodyOf("RunTask"))!.AsObject();
        Assert.That(sent.Remove("clientToken", out var token) && token!.GetValue<string>().Length is > 0 and <= 64);
        Assert.That(JsonNode.DeepEquals(sent, JsonNode.Parse("""
            { "cluster": "parrot", "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7", "count": 1, "startedBy": "slipway/abc",
              "launchType": "FARGATE", "platformVersion": "1.4.0",
              "networkConfiguration": { "awsvpcConfiguration": { "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED" } },
              "overrides": { "containerOverrides": [{ "name": "web", "command": ["dotnet", "app.dll", "two words"],
                "environment": [{ "name": "MODE", "value": "up" }] }] } }
            """)), Stub.BodyOf("RunTask"));
    }

    [Test]
    public async Task Capacity_providers_take_the_place_of_the_launch_type()
    {
        Stub.On("RunTask", """{ "tasks": [{}] }""");
        var placement = new TaskPlacement { LaunchType = "FARGATE", CapacityProviders = [new CapacityProviderShare("FARGATE_SPOT", 2, 1)] };

        await Ecs.RunAsync(Migration with { Placement = placement, Command = null, Env = new Dictionary<string, string>() }, CancellationToken.None);

        var sent = JsonNode.Parse(Stub.BodyOf("RunTask"))!.AsObject();
        Assert.That(sent["launchType"], Is.Null);
        Assert.That(sent["networkConfiguration"], Is.Null);
        Assert.That(sent["capacityProviderStrategy"]!.ToJsonString(), Is.EqualTo("""[{"base":1,"capacityProvider":"FARGATE_SPOT","weight":2}]"""));
        Assert.That(sent["overrides"]!["containerOverrides"]![0]!.ToJsonString(), Is.EqualTo("""{"name":"web"}"""));
    }

    [Test]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_token()
    {
        var tokens = new List<string>();
        Stub.On("RunTask", body =>
        {
            tokens.Add(JsonNode.Parse(body)!["clientToken"]!.GetValue<string>());
            return tokens.Count == 1 ? (500, "{}") : (200, """{ "tasks": [{}] }""");
        });

        await Ecs.RunAsync(Migration, CancellationToken.None);

        Assert.That(tokens, Has.Count.EqualTo(2));
        Assert.That(tokens[0], Is.EqualTo(tokens[1]));
    }

    [Test]
    public async Task A_task_that_cannot_be_placed_is_a_failure_with_its_reason()
    {
        Stub.On("RunTask", """{ "tasks": [], "failures": [{ "reason": "Capacity is unavailable at this time. Please try again later or in a different availability zone" }] }""");

        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => Ecs.RunAsync(Migration, CancellationToken.None));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.DeploymentFailed));
        Assert.That(refusal.Message, Does.StartWith("failed to run task of 'web:7': Capacity is unavailable"));
        Assert.That(refusal.Remedy, Is.Not.Empty);
    }

    [Test]
    public async Task Tasks_of_a_family_are_listed_running_and_stopped()
    {
        Stub.On("ListTasks", body => (200, body.Contains("RUNNING", StringComparison.Ordinal) ? """{ "taskArns": ["arn:1"] }""" : """{ "taskArns": ["arn:2"] }"""));
        Stub.On("DescribeTasks", """{ "tasks": [{ "taskArn": "arn:1", "createdAt": 1 }, { "taskArn": "arn:2", "createdAt": 2, "startedBy": "slipway/abc" }] }""");

        var tasks = await Ecs.ListAsync("parrot", "web", CancellationToken.None);

        Assert.That(tasks.Select(task => task.Arn), Is.EqualTo(new[] { "arn:2", "arn:1" }));
        Assert.That(JsonNode.Parse(Stub.BodyOf("ListTasks"))!["family"]!.GetValue<string>(), Is.EqualTo("web"));
    }

    [Test]
    public async Task A_family_without_tasks_asks_no_further()
    {
        Stub.On("ListTasks", """{ "taskArns": [] }""");

        Assert.That(await Ecs.ListAsync("parrot", "web", CancellationToken.None), Is.Empty);
        Assert.That(Stub.Operations, Has.None.EqualTo("DescribeTasks"));
    }

    [Test]
    public async Task A_task_that_is_not_shown_is_none()
    {
        Stub.On("DescribeTasks", """{ "tasks": [], "failures": [{ "arn": "arn:1", "reason": "MISSING" }] }""");

        Assert.That(await Ecs.FindAsync("parrot", "arn:1", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_task_is_stopped_with_the_reason()
    {
        Stub.On("StopTask", "{}");

        await Ecs.StopAsync("parrot", "arn:1", "The run was cancelled.", CancellationToken.None);

        Assert.That(Stub.BodyOf("StopTask"), Does.Contain("The run was cancelled."));
    }
}
