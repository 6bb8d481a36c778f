using System.Text;
using System.Text.Json.Nodes;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Rollouts;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>The adapters over the wire, against answers in AWS's shape.</summary>
public sealed class AdapterTests
{
    private const string Arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7";

    private AwsStub stub = null!;
    private AwsConnection connection = null!;

    private EcsServiceDeployer Ecs => new(connection, TimeProvider.System);

    private EcrImageRegistry Ecr => new(connection, TimeProvider.System);

    private CloudWatchLogReader Logs => new(connection, TimeProvider.System);

    [SetUp]
    public async Task StartAsync()
    {
        stub = await AwsStub.StartAsync();
        connection = new AwsConnection("us-east-1", stub.Endpoint);
    }

    [TearDown]
    public async Task StopAsync()
    {
        connection.Dispose();
        await stub.DisposeAsync();
    }

    [Test]
    public async Task A_service_is_told_with_everything_that_a_rollout_needs()
    {
        stub.On("DescribeServices", """
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

        Assert.That(JsonNode.Parse(stub.BodyOf("DescribeServices"))!["services"]![0]!.GetValue<string>(), Is.EqualTo("web"));
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
        stub.On("DescribeServices", answer);

        Assert.That(await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_service_of_empty_members_breaks_nothing()
    {
        stub.On("DescribeServices", """{ "services": [{ "deployments": [{}], "events": [{}], "loadBalancers": [{}] }] }""");

        var service = await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None);

        Assert.That(service!.Primary, Is.Null);
    }

    [Test]
    public async Task A_cluster_that_does_not_exist_is_a_precondition()
    {
        stub.OnError("DescribeServices", "ClusterNotFoundException", "Cluster not found.");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecs.FindServiceAsync("parrot", "web", CancellationToken.None));

        Assert.That(failure!.Message, Is.EqualTo("failed to describe service 'web': ClusterNotFoundException Cluster not found."));
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
    }

    [Test]
    public async Task A_task_definition_is_registered_byte_for_byte()
    {
        const string Document = """{ "family": "web", "newMember": { "n": 1.50, "big": 12345678901234567890 }, "containerDefinitions": [] }""";
        stub.On("RegisterTaskDefinition", $$"""{ "taskDefinition": { "taskDefinitionArn": "{{Arn}}" } }""");

        var arn = await Ecs.RegisterTaskDefinitionAsync("web", Encoding.UTF8.GetBytes(Document), CancellationToken.None);

        Assert.That(arn, Is.EqualTo(Arn));
        Assert.That(stub.BodyOf("RegisterTaskDefinition"), Is.EqualTo(Document));
    }

    [Test]
    public async Task A_registered_task_definition_comes_with_members_that_no_client_knows_and_its_tags()
    {
        stub.On("DescribeTaskDefinition", $$"""
            { "taskDefinition": { "taskDefinitionArn": "{{Arn}}", "family": "web", "newMember": 1.50 }, "tags": [{ "key": "a", "value": "b" }] }
            """);

        var live = (await Ecs.FindTaskDefinitionAsync("web", CancellationToken.None))!;

        Assert.That(live.Arn, Is.EqualTo(Arn));
        Assert.That(live.Json, Does.Contain("\"newMember\":1.50").And.Contain("\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]"));
    }

    [Test]
    public async Task A_task_definition_that_does_not_exist_is_none()
    {
        stub.OnError("DescribeTaskDefinition", "ClientException", "Unable to describe task definition.");

        Assert.That(await Ecs.FindTaskDefinitionAsync("web", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task An_update_sends_only_what_shall_change()
    {
        stub.On("UpdateService", """{ "service": { "serviceName": "web", "status": "ACTIVE" } }""");

        await Ecs.UpdateServiceAsync(new ServiceUpdate("parrot", "web", Arn, null), CancellationToken.None);

        Assert.That(
            JsonNode.DeepEquals(JsonNode.Parse(stub.BodyOf("UpdateService")), JsonNode.Parse($$"""{ "cluster": "parrot", "service": "web", "taskDefinition": "{{Arn}}" }""")),
            stub.BodyOf("UpdateService"));
    }

    [Test]
    public async Task Tasks_of_every_page_come_once_with_what_ended_them()
    {
        stub.On("ListTasks", body => (200, JsonNode.Parse(body)! switch
        {
            var asked when asked["desiredStatus"]!.GetValue<string>() == "STOPPED" => """{ "taskArns": ["t/1", "t/3"] }""",
            var asked when asked["nextToken"] is null => """{ "taskArns": ["t/1"], "nextToken": "more" }""",
            _ => """{ "taskArns": ["t/2"] }""",
        }));
        stub.On("DescribeTasks", body => (200, $$"""
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
        Assert.That(stub.Operations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_call_that_is_throttled_is_tried_again_by_itself()
    {
        var left = 2;
        stub.On("DescribeServices", _ => left-- > 0 ? (400, """{ "__type": "ThrottlingException", "message": "Rate exceeded" }""") : (200, "{}"));

        await Ecs.FindServiceAsync("parrot", "web", CancellationToken.None);

        Assert.That(stub.Operations, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_cancelled_call_is_cancelled_and_no_failure()
    {
        using var cancellation = new CancellationTokenSource();
        stub.On("DescribeServices", _ =>
        {
            cancellation.Cancel();
            return (500, "{}");
        });

        await Assert.ThatAsync(() => Ecs.FindServiceAsync("parrot", "web", cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task The_login_is_decoded_and_never_shown()
    {
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:s3cr:et"));
        stub.On("GetAuthorizationToken", $$"""
            { "authorizationData": [{ "authorizationToken": "{{token}}", "expiresAt": 1769000000.0, "proxyEndpoint": "http://127.0.0.1:4570" }] }
            """);

        var login = await Ecr.LoginAsync(CancellationToken.None);

        Assert.That((login.UserName, login.Password, login.Endpoint), Is.EqualTo(("AWS", "s3cr:et", "http://127.0.0.1:4570")));
        Assert.That(login.ExpiresAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1769000000)));
        Assert.That(login.ToString(), Does.Not.Contain("s3cr"));
    }

    [TestCase("""{ "authorizationData": [] }""")]
    [TestCase("""{ "authorizationData": [{ "authorizationToken": "&&&s3cret", "expiresAt": 1, "proxyEndpoint": "x" }] }""")]
    public async Task A_login_that_cannot_be_read_is_a_failure_without_the_token(string answer)
    {
        stub.On("GetAuthorizationToken", answer);

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecr.LoginAsync(CancellationToken.None));

        Assert.That(failure!.ToString(), Does.Not.Contain("s3cret"));
    }

    [Test]
    public async Task A_repository_is_told_by_the_registrys_own_address()
    {
        stub.On("DescribeRepositories", """
            { "repositories": [{ "repositoryName": "web", "repositoryUri": "127.0.0.1:4570/web", "imageTagMutability": "IMMUTABLE" }] }
            """);

        var repository = await Ecr.GetRepositoryAsync("web", CancellationToken.None);

        Assert.That((repository.Uri, repository.ImmutableTags), Is.EqualTo(("127.0.0.1:4570/web", true)));
    }

    [Test]
    public async Task A_repository_that_does_not_exist_is_told_with_the_command_that_makes_it()
    {
        stub.OnError("DescribeRepositories", "RepositoryNotFoundException");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecr.GetRepositoryAsync("web", CancellationToken.None));

        Assert.That(failure!.Remedy, Does.Contain("aws ecr create-repository --repository-name web --region us-east-1"));
    }

    [TestCase("""{ "images": [{ "imageId": { "imageDigest": "sha256:1", "imageTag": "a" } }], "failures": [] }""", "sha256:1")]
    [TestCase("""{ "images": [], "failures": [{ "failureCode": "ImageNotFound", "failureReason": "x" }] }""", null)]
    [TestCase("{}", null)]
    public async Task An_image_is_found_by_its_tag(string answer, string? digest)
    {
        stub.On("BatchGetImage", answer);

        Assert.That(await Ecr.FindDigestAsync("web", "a", CancellationToken.None), Is.EqualTo(digest));
    }

    [Test]
    public async Task An_image_that_ecr_cannot_read_is_a_failure()
    {
        stub.On("BatchGetImage", """{ "failures": [{ "failureCode": "KmsError", "failureReason": "key disabled" }] }""");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Ecr.FindDigestAsync("web", "a", CancellationToken.None));

        Assert.That(failure!.Message, Does.Contain("KmsError key disabled"));
    }

    [Test]
    public async Task Log_lines_come_oldest_first_with_the_token_to_go_on_with()
    {
        stub.On("GetLogEvents", """
            { "events": [{ "timestamp": 1769000000123, "message": "one" }, { "timestamp": 1769000000124, "message": "two" }], "nextForwardToken": "f/1", "nextBackwardToken": "b/1" }
            """);

        var page = await Logs.TailAsync(new LogStreamName(null, "/ecs/web", "ecs/web/1"), 30, CancellationToken.None);

        Assert.That(page.Lines.Select(line => line.Text), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(page.Lines[0].At, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1769000000123)));
        Assert.That(page.NextToken, Is.EqualTo("f/1"));
    }

    [Test]
    public async Task Empty_pages_before_the_newest_lines_are_turned()
    {
        stub.On("GetLogEvents", body => (200, JsonNode.Parse(body)!["nextToken"]?.GetValue<string>() == "b/1"
            ? """{ "events": [{ "timestamp": 1, "message": "late" }], "nextForwardToken": "f/0", "nextBackwardToken": "b/2" }"""
            : """{ "events": [], "nextForwardToken": "f/1", "nextBackwardToken": "b/1" }"""));

        var page = await Logs.TailAsync(new LogStreamName(null, "/ecs/web", "ecs/web/1"), 30, CancellationToken.None);

        Assert.That(page.Lines.Single().Text, Is.EqualTo("late"));
        Assert.That(page.NextToken, Is.EqualTo("f/1"));
    }

    [Test]
    public async Task A_stream_that_does_not_exist_yet_is_empty()
    {
        stub.OnError("GetLogEvents", "ResourceNotFoundException", "The specified log stream does not exist.");

        var page = await Logs.TailAsync(new LogStreamName(null, "/ecs/web", "ecs/web/1"), 30, CancellationToken.None);

        Assert.That((page.Lines.Count, page.NextToken), Is.EqualTo((0, (string?)null)));
    }

    [Test]
    public async Task The_caller_is_who_sts_says()
    {
        stub.On("GetCallerIdentity", """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::123456789012:user/local</Arn><UserId>X</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
            """);

        var caller = await new StsCallerIdentity(connection, TimeProvider.System).GetAsync(CancellationToken.None);

        Assert.That(caller, Is.EqualTo(new Caller("123456789012", "arn:aws:iam::123456789012:user/local")));
    }
}
