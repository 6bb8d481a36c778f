using System.Text;
using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws;

public sealed class EcsServiceDeployerTests : AwsStubFixture
{
    private const string Arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7";

    private EcsServiceDeployer Ecs => new(Connection, TimeProvider.System);

    [Test]
    public async Task A_service_is_told_with_everything_that_a_rollout_needs()
    {
        Stub.On("DescribeServices", """
            { "services": [{ "serviceName": "web", "serviceArn": "arn:service", "clusterArn": "arn:cluster", "status": "ACTIVE",
              "desiredCount": 2, "runningCount": 1, "pendingCount": 1, "taskDefinition": "td:7", "currentServiceDeployment": "arn:sd",
              "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } },
              "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "web", "containerPort": 8000 }],
              "deployments": [
                { "id": "ecs-svc/1", "status": "ACTIVE", "taskDefinition": "td:6", "createdAt": 1769000000.0 },
                { "id": "ecs-svc/2", "status": "PRIMARY", "taskDefinition": "td:7", "createdAt": 1769000001.5, "rolloutState": "IN_PROGRESS",
                  "rolloutStateReason": "in progress.", "desiredCount": 2, "runningCount": 1, "pendingCount": 1, "failedTasks": 3 }],
              "events": [{ "id": "a", "createdAt": 1769000001.0, "message": "first" }, { "id": "b", "createdAt": 1769000002.0, "message": "second" }] }] }
            """);

        var service = (await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None))!;

        Assert.That(JsonNode.Parse(Stub.BodyOf("DescribeServices"))!["services"]![0]!.GetValue<string>(), Is.EqualTo("web"));
        Assert.That((service.Status, service.Controller, service.CircuitBreaker, service.RollsBack), Is.EqualTo(("ACTIVE", "ECS", true, true)));
        Assert.That(service.Primary!.Id, Is.EqualTo("ecs-svc/2"));
        Assert.That((service.Primary.RolloutState, service.Primary.FailedTasks), Is.EqualTo(("IN_PROGRESS", 3)));
        Assert.That(service.Primary.CreatedAt, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1769000001500)));
        Assert.That(service.Deployments[1].RolloutState, Is.Null);
        Assert.That(service.Events.Select(happened => happened.Id), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(service.LoadBalancers.Single().ContainerPort, Is.EqualTo(8000));
        Assert.That(service.ServiceDeploymentArn, Is.EqualTo("arn:sd"));
    }

    [TestCase("""{ "services": [], "failures": [{ "arn": "x", "reason": "MISSING" }] }""")]
    [TestCase("{}")]
    public async Task A_missing_service_is_none(string answer)
    {
        Stub.On("DescribeServices", answer);

        Assert.That(await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_service_of_empty_members_breaks_nothing()
    {
        Stub.On("DescribeServices", """{ "services": [{ "deployments": [{}], "events": [{}], "loadBalancers": [{}] }] }""");

        var service = await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None);

        Assert.That(service!.Primary, Is.Null);
    }

    [Test]
    public async Task A_cluster_that_does_not_exist_is_a_precondition()
    {
        Stub.OnError("DescribeServices", "ClusterNotFoundException", "Cluster not found.");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecs.FindServiceAsync("parrot", "web", CancellationToken.None));

        Assert.That(failure!.Message, Is.EqualTo("failed to describe service 'web': ClusterNotFoundException Cluster not found."));
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
    }

    [Test]
    public async Task A_task_definition_is_registered_byte_for_byte()
    {
        const string Document = """{ "family": "web", "newMember": { "n": 1.50, "big": 12345678901234567890 }, "containerDefinitions": [] }""";
        Stub.On("RegisterTaskDefinition", $$"""{ "taskDefinition": { "taskDefinitionArn": "{{Arn}}" } }""");

        var arn = await Ecs.RegisterTaskDefinitionAsync("web", Encoding.UTF8.GetBytes(Document), CancellationToken.None);

        Assert.That(arn, Is.EqualTo(Arn));
        Assert.That(Stub.BodyOf("RegisterTaskDefinition"), Is.EqualTo(Document));
    }

    [Test]
    public async Task A_registered_task_definition_comes_with_members_that_no_client_knows_and_its_tags()
    {
        Stub.On("DescribeTaskDefinition", $$"""
            { "taskDefinition": { "taskDefinitionArn": "{{Arn}}", "family": "web", "newMember": 1.50 }, "tags": [{ "key": "a", "value": "b" }] }
            """);

        var live = (await Ecs.FindTaskDefinitionAsync("web", CancellationToken.None))!;

        Assert.That(live.Arn, Is.EqualTo(Arn));
        Assert.That(live.Json, Does.Contain("\"newMember\":1.50").And.Contain("\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]"));
    }

    [Test]
    public async Task A_task_definition_that_does_not_exist_is_none()
    {
        Stub.OnError("DescribeTaskDefinition", "ClientException", "Unable to describe task definition.");

        Assert.That(await Ecs.FindTaskDefinitionAsync("web", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task An_update_sends_only_what_shall_change()
    {
        Stub.On("UpdateService", """{ "service": { "serviceName": "web", "status": "ACTIVE" } }""");

        await Ecs.UpdateServiceAsync(new ServiceUpdate("parrot", "web", Arn, null), CancellationToken.None);

        Assert.That(
            JsonNode.DeepEquals(JsonNode.Parse(Stub.BodyOf("UpdateService")), JsonNode.Parse($$"""{ "cluster": "parrot", "service": "web", "taskDefinition": "{{Arn}}" }""")),
            Stub.BodyOf("UpdateService"));
    }

    [Test]
    public async Task Tasks_of_every_page_come_once_with_what_ended_them()
    {
        Stub.On("ListTasks", body => (200, JsonNode.Parse(body)! switch
        {
            var asked when asked["desiredStatus"]!.GetValue<string>() == "STOPPED" => """{ "taskArns": ["t/1", "t/3"] }""",
            var asked when asked["nextToken"] is null => """{ "taskArns": ["t/1"], "nextToken": "more" }""",
            _ => """{ "taskArns": ["t/2"] }""",
        }));
        Stub.On("DescribeTasks", body => (200, $$"""
            { "tasks": [{{string.Join(',', JsonNode.Parse(body)!["tasks"]!.AsArray().Select(arn => $$"""
                { "taskArn": "{{arn}}", "lastStatus": "STOPPED", "desiredStatus": "STOPPED", "stopCode": "EssentialContainerExited", "startedBy": "ecs-svc/2",
                  "stoppedReason": "Essential container in task exited", "containers": [{ "name": "web", "exitCode": 3, "imageDigest": "sha256:1" }] }
                """))}}] }
            """));

        var tasks = await Ecs.ListTasksAsync("parrot", "web", CancellationToken.None);

        Assert.That(tasks.Select(task => task.Id), Is.EquivalentTo(new[] { "1", "2", "3" }));
        Assert.That(tasks[0].Containers.Single().ExitCode, Is.EqualTo(3));
        Assert.That((tasks[0].StopCode, tasks[0].StartedBy, tasks[0].IsStopped), Is.EqualTo(("EssentialContainerExited", "ecs-svc/2", true)));
    }

    [Test]
    public async Task A_cloud_without_service_deployments_is_asked_once()
    {
        var ecs = Ecs;

        Assert.That(await ecs.FindServiceDeploymentAsync("arn:sd", CancellationToken.None), Is.Null);
        Assert.That(await ecs.FindServiceDeploymentAsync("arn:sd", CancellationToken.None), Is.Null);
        Assert.That(Stub.Operations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_service_deployment_comes_with_breaker_rollback_stage_and_shares()
    {
        Stub.On("DescribeServiceDeployments", """
            { "serviceDeployments": [{
                "serviceDeploymentArn": "arn:sd", "status": "ROLLBACK_IN_PROGRESS", "statusReason": "why", "lifecycleStage": "BAKE_TIME",
                "startedAt": 1772366400, "targetServiceRevision": { "arn": "arn:new", "requestedTaskCount": 2, "runningTaskCount": 1, "pendingTaskCount": 1 },
                "sourceServiceRevisions": [{ "arn": "arn:old", "runningTaskCount": 2 }],
                "rollback": { "reason": "breaker", "serviceRevisionArn": "arn:old" },
                "deploymentCircuitBreaker": { "status": "TRIGGERED", "failureCount": 3, "threshold": 3 },
                "alarms": { "status": "TRIGGERED", "triggeredAlarmNames": ["latency"] } }] }
            """);

        var found = (await Ecs.FindServiceDeploymentAsync("arn:sd", CancellationToken.None))!;

        Assert.Multiple(() =>
        {
            Assert.That((found.Status, found.Reason, found.LifecycleStage, found.IsOver), Is.EqualTo(("ROLLBACK_IN_PROGRESS", "why", "BAKE_TIME", false)));
            Assert.That(found.StartedAt, Is.EqualTo(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
            Assert.That(found.Target, Is.EqualTo(new RevisionShare("arn:new", 2, 1, 1)));
            Assert.That(found.Sources, Is.EqualTo(new[] { new RevisionShare("arn:old", null, 2, null) }));
            Assert.That(found.Rollback, Is.EqualTo(new RollbackState("breaker", null, "arn:old")));
            Assert.That(found.Breaker, Is.EqualTo(new CircuitBreakerState("TRIGGERED", 3, 3)));
            Assert.That(found.TriggeredAlarms, Is.EqualTo(new[] { "latency" }));
        });
    }

    [Test]
    public async Task The_history_of_service_deployments_comes_newest_first()
    {
        Stub.On("ListServiceDeployments", """
            { "serviceDeployments": [
                { "serviceDeploymentArn": "arn:1", "status": "SUCCESSFUL", "createdAt": 1772366400, "targetServiceRevisionArn": "arn:r1" },
                { "serviceDeploymentArn": "arn:2", "status": "IN_PROGRESS", "createdAt": 1772366460, "targetServiceRevisionArn": "arn:r2" }] }
            """);
        Stub.On("DescribeServiceRevisions", $$"""{ "serviceRevisions": [{ "serviceRevisionArn": "arn:r2", "taskDefinition": "{{Arn}}" }] }""");

        var history = (await Ecs.ListServiceDeploymentsAsync("parrot", "web", DateTimeOffset.UnixEpoch, CancellationToken.None))!;
        var revisions = await Ecs.FindServiceRevisionsAsync(["arn:r2"], CancellationToken.None);

        Assert.That(history.Select(deployment => (deployment.Arn, deployment.Target!.Arn)), Is.EqualTo(new[] { ("arn:2", "arn:r2"), ("arn:1", "arn:r1") }));
        Assert.That(revisions, Is.EqualTo(new[] { new ServiceRevisionState("arn:r2", Arn, null) }));
    }

    [TestCase(true, "ROLLBACK")]
    [TestCase(false, "ABORT")]
    public async Task A_service_deployment_is_stopped_as_asked_for(bool rollback, string stopType)
    {
        Stub.On("StopServiceDeployment", """{ "serviceDeploymentArn": "arn:sd" }""");

        await Ecs.StopServiceDeploymentAsync("arn:sd", rollback, CancellationToken.None);

        Assert.That(JsonNode.Parse(Stub.BodyOf("StopServiceDeployment"))!["stopType"]!.GetValue<string>(), Is.EqualTo(stopType));
    }

    [Test]
    public async Task A_service_tells_how_it_rolls_and_where_its_tasks_are_placed()
    {
        Stub.On("DescribeServices", """
            { "services": [{ "serviceName": "web", "status": "ACTIVE", "launchType": "FARGATE", "platformVersion": "1.4.0", "healthCheckGracePeriodSeconds": 30,
                "deploymentConfiguration": { "strategy": "CANARY", "minimumHealthyPercent": 50, "maximumPercent": 150 },
                "networkConfiguration": { "awsvpcConfiguration": { "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED" } } }] }
            """);

        var service = (await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None))!;

        Assert.Multiple(() =>
        {
            Assert.That((service.Strategy, service.MinimumHealthyPercent, service.MaximumPercent), Is.EqualTo(("CANARY", 50, 150)));
            Assert.That(service.HealthCheckGracePeriod, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That((service.Placement.LaunchType, service.Placement.PlatformVersion, service.Placement.AssignPublicIp), Is.EqualTo(("FARGATE", "1.4.0", true)));
            Assert.That(service.Placement.Subnets.Concat(service.Placement.SecurityGroups), Is.EqualTo(new[] { "subnet-1", "sg-1" }));
        });
    }

    [Test]
    public async Task A_call_that_is_throttled_is_tried_again_by_itself()
    {
        var left = 2;
        Stub.On("DescribeServices", _ => left-- > 0 ? (400, """{ "__type": "ThrottlingException", "message": "Rate exceeded" }""") : (200, "{}"));

        await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None);

        Assert.That(Stub.Operations, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_cancelled_call_is_cancelled_and_no_failure()
    {
        using var cancellation = new CancellationTokenSource();
        Stub.On("DescribeServices", _ =>
        {
            cancellation.Cancel();
            return (500, "{}");
        });

        await Assert.ThatAsync(() => Ecs.FindServiceAsync("parrot", "web", cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
