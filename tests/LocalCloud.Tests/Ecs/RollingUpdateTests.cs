using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Deployments of real processes, one after the other on one service.</summary>
internal sealed class RollingUpdateTests : CloudFixture
{
    private ServiceDriver driver = null!;
    private string image = "";

    [OneTimeSetUp]
    public async Task AddImageAsync()
    {
        driver = new ServiceDriver(Cloud);
        image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", "v1");
    }

    [Test]
    public async Task Nothing_deployed_yet_is_said_at_the_front_door()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Cloud.Ports.FrontDoorEndpoint));
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("desired count of 0"));
    }

    [Test, DependsOnTest(nameof(Nothing_deployed_yet_is_said_at_the_front_door))]
    public async Task A_first_deployment_that_fails_stays_failed_with_reasons_and_log_lines()
    {
        await driver.UpdateAsync(await driver.RegisterAsync(image, environment: [("TEST_EXIT_CODE", "42")]));
        var service = await driver.UntilAsync(now => (string?)now["deployments"]![0]!["rolloutState"] == "FAILED");
        var deployment = service["deployments"]![0]!;
        Assert.That((string?)deployment["rolloutStateReason"], Is.EqualTo("ECS deployment circuit breaker: tasks failed to start."));
        Assert.That((int)deployment["failedTasks"]!, Is.EqualTo(3));
        Assert.That((int)service["desiredCount"]!, Is.EqualTo(1));

        var record = await driver.ServiceDeploymentAsync((string)service["currentServiceDeployment"]!);
        Assert.That((string?)record["status"], Is.EqualTo("STOPPED"));
        Assert.That((string?)record["deploymentCircuitBreaker"]!["status"], Is.EqualTo("TRIGGERED"));
        Assert.That((int)record["deploymentCircuitBreaker"]!["failureCount"]!, Is.EqualTo(3));

        var task = (await driver.TasksAsync("STOPPED")).First(one => (string?)one["startedBy"] == (string?)deployment["id"]);
        Assert.That((string?)task["stopCode"], Is.EqualTo("EssentialContainerExited"));
        Assert.That((string?)task["stoppedReason"], Is.EqualTo("Essential container in task exited"));
        Assert.That((int)task["containers"]![0]!["exitCode"]!, Is.EqualTo(42));
        var id = ((string)task["taskArn"]!).Split('/')[^1];
        Assert.That(await LinesAsync(id), Is.EqualTo(new[] { "leaving with 42" }));
    }

    [Test, DependsOnTest(nameof(A_first_deployment_that_fails_stays_failed_with_reasons_and_log_lines))]
    public async Task A_deployed_service_answers_at_the_front_door_and_looks_like_one_of_ECS()
    {
        var service = await driver.UntilCompletedAsync(await driver.UpdateAsync(await DefineAsync("one")));
        Assert.That(await GetAsync("/"), Is.EqualTo("one"));
        Assert.That((int)service["runningCount"]!, Is.EqualTo(1));
        Assert.That((int)service["pendingCount"]!, Is.Zero);
        Assert.That(ServiceDriver.Events(service)[0], Is.EqualTo("(service stream-ml-service-1) has reached a steady state."));

        var task = (await driver.TasksAsync()).Single();
        Assert.That((string?)task["lastStatus"], Is.EqualTo("RUNNING"));
        Assert.That((string?)task["healthStatus"], Is.EqualTo("HEALTHY"));
        Assert.That((string?)task["group"], Is.EqualTo("service:stream-ml-service-1"));
        Assert.That((string?)task["startedBy"], Is.EqualTo((string?)service["deployments"]![0]!["id"]));
        Assert.That((string?)task["containers"]![0]!["imageDigest"], Does.StartWith("sha256:"));
        foreach (var moment in (string[])["createdAt", "pullStartedAt", "pullStoppedAt", "connectivityAt", "startedAt"])
            Assert.That((double)task[moment]!, Is.GreaterThan(1.7e9), moment);
    }

    [Test, DependsOnTest(nameof(A_deployed_service_answers_at_the_front_door_and_looks_like_one_of_ECS))]
    public async Task A_task_knows_its_image_and_its_metadata()
    {
        var task = (await driver.TasksAsync()).Single();
        Assert.That(await GetAsync("/environment/SLIPWAY_TASK_ARN"), Is.EqualTo((string?)task["taskArn"]));
        Assert.That(await GetAsync("/environment/SLIPWAY_IMAGE_DIGEST"), Is.EqualTo((string?)task["containers"]![0]!["imageDigest"]));
        Assert.That(await GetAsync("/environment/IMAGE_TAG"), Is.EqualTo("v1"));
        Assert.That(await GetAsync("/environment/AWS_SECRET_ACCESS_KEY"), Is.Empty);

        var address = await GetAsync("/environment/ECS_CONTAINER_METADATA_URI_V4");
        var container = System.Text.Json.Nodes.JsonNode.Parse(await Cloud.Http.GetStringAsync(new Uri(address)))!;
        Assert.That((string?)container["ImageID"], Is.EqualTo((string?)task["containers"]![0]!["imageDigest"]));
        Assert.That((string?)container["Labels"]!["com.amazonaws.ecs.task-arn"], Is.EqualTo((string?)task["taskArn"]));
        var whole = System.Text.Json.Nodes.JsonNode.Parse(await Cloud.Http.GetStringAsync(new Uri($"{address}/task")))!;
        Assert.That((string?)whole["TaskARN"], Is.EqualTo((string?)task["taskArn"]));
        Assert.That((string?)whole["Family"], Is.EqualTo("stream-ml-service"));
    }

    [Test, DependsOnTest(nameof(A_task_knows_its_image_and_its_metadata))]
    public async Task A_second_deployment_rolls_over_without_one_failed_request()
    {
        var second = await DefineAsync("two");
        await using var load = new Load(Cloud.Ports.FrontDoorEndpoint);
        await driver.UntilCompletedAsync(await driver.UpdateAsync(second));
        var seen = await load.EndAsync();
        Assert.That(seen.Failures, Is.Empty);
        Assert.That(seen.Answers, Does.Contain("one").And.Contain("two"));
        Assert.That(await GetAsync("/"), Is.EqualTo("two"));

        var old = (await driver.TasksAsync("STOPPED")).MaxBy(task => (double)task["stoppedAt"]!)!;
        Assert.That((string?)old["stopCode"], Is.EqualTo("ServiceSchedulerInitiated"));
        Assert.That((int)old["containers"]![0]!["exitCode"]!, Is.Zero, "SIGTERM came and was heeded");
        Assert.That(await LinesAsync(((string)old["taskArn"]!).Split('/')[^1]), Does.Contain("stopping"));
    }

    [Test, DependsOnTest(nameof(A_second_deployment_rolls_over_without_one_failed_request))]
    public async Task A_request_under_way_is_finished_by_the_task_that_leaves()
    {
        using var client = new HttpClient();
        var slow = client.GetStringAsync(new Uri($"{Cloud.Ports.FrontDoorEndpoint}/slow?milliseconds=4000"));
        await driver.UntilCompletedAsync(await driver.UpdateAsync(await DefineAsync("three"), force: true));
        Assert.That(await slow, Is.EqualTo("done"));
    }

    [Test, DependsOnTest(nameof(A_request_under_way_is_finished_by_the_task_that_leaves))]
    public async Task A_deployment_that_never_gets_healthy_is_rolled_back_while_the_old_task_answers()
    {
        var before = (await driver.TasksAsync()).Single();
        var bad = await driver.RegisterAsync(image, environment: [("TEST_VERSION", "bad"), ("TEST_CONTAINER_HEALTH", "bad")]);
        await using var load = new Load(Cloud.Ports.FrontDoorEndpoint);
        var id = await driver.UpdateAsync(bad);
        var arn = (string)(await driver.DescribeAsync())["currentServiceDeployment"]!;
        var service = await driver.UntilAsync(now => (string?)now["deployments"]![0]!["id"] != id
            && (string?)now["deployments"]![0]!["rolloutState"] == "COMPLETED" && now["deployments"]!.AsArray().Count == 1);
        var seen = await load.EndAsync();
        Assert.That(seen.Failures, Is.Empty);
        Assert.That(seen.Answers, Does.Contain("three"));
        Assert.That((string?)service["taskDefinition"], Is.EqualTo((string?)before["taskDefinitionArn"]));
        Assert.That((await driver.TasksAsync()).Single()["taskArn"]!.ToString(), Is.EqualTo(before["taskArn"]!.ToString()));

        var record = await driver.ServiceDeploymentAsync(arn);
        Assert.That((string?)record["status"], Is.EqualTo("ROLLBACK_SUCCESSFUL"));
        Assert.That((string?)record["rollback"]!["reason"], Is.EqualTo("Service deployment rolled back because the circuit breaker threshold was exceeded."));
        Assert.That((await driver.TasksAsync("STOPPED")).Where(task => (string?)task["startedBy"] == id)
            .Select(task => (string?)task["stoppedReason"]), Has.Some.EqualTo("Task failed container health checks"));
    }

    private Task<string> DefineAsync(string version) => driver.RegisterAsync(image, environment: [("TEST_VERSION", version)]);

    private async Task<string> GetAsync(string path)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(Cloud.Ports.FrontDoorEndpoint + path));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string taskId)
    {
        var answer = await Signed.OkAsync("logs", "GetLogEvents", new System.Text.Json.Nodes.JsonObject
        {
            ["logGroupName"] = "/ecs/stream-ml-service",
            ["logStreamName"] = $"ecs/stream-ml-service/{taskId}",
            ["startFromHead"] = true,
        });
        return [.. answer["events"]!.AsArray().Select(item => (string)item!["message"]!)];
    }
}
