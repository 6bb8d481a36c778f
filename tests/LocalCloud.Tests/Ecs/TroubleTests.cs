using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Containers that start and then misbehave, in ECS's words.</summary>
internal sealed class TroubleTests : CloudFixture
{
    private SingleTask tasks = null!;
    private ServiceDriver driver = null!;
    private string image = "";

    [OneTimeSetUp]
    public async Task AddImageAsync()
    {
        image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", "trouble");
        (tasks, driver) = (new SingleTask(Cloud), new ServiceDriver(Cloud));
    }

    [Test]
    public async Task More_memory_than_the_container_may_have_ends_it()
    {
        var definition = await driver.RegisterAsync(image, false, container => container["memory"] = 200, ("TEST_MEMORY_MIB", "250"));
        var task = await tasks.EndedAsync(definition);
        var container = task["containers"]![0]!;
        Assert.That(((string?)task["stopCode"], (string?)task["stoppedReason"]), Is.EqualTo(("EssentialContainerExited", "Essential container in task exited")));
        Assert.That(((int)container["exitCode"]!, (string?)container["reason"]), Is.EqualTo((137, "OutOfMemoryError: Container killed due to memory usage")));
    }

    [Test]
    public async Task What_does_not_heed_SIGTERM_is_killed_when_the_stop_timeout_is_over()
    {
        var definition = await driver.RegisterAsync(image, false, container => container["stopTimeout"] = 2, ("TEST_IGNORES_SIGTERM", "1"));
        var arn = await tasks.StartAsync(definition);
        await UntilLoggedAsync(arn, "ignoring SIGTERM");
        await Signed.OkAsync("ecs", "StopTask", new JsonObject { ["cluster"] = Account.Cluster, ["task"] = arn });
        var task = await tasks.UntilAsync(arn, "STOPPED");

        Assert.That(((string?)task["stopCode"], (string?)task["stoppedReason"]), Is.EqualTo(("UserInitiated", "Task stopped by user")));
        Assert.That((int)task["containers"]![0]!["exitCode"]!, Is.EqualTo(137));
        Assert.That(task["containers"]![0]!["reason"], Is.Null);
        Assert.That((double)task["executionStoppedAt"]! - (double)task["stoppingAt"]!, Is.GreaterThanOrEqualTo(1.9));
    }

    [Test]
    public async Task The_essential_container_ends_the_task_and_a_sidecar_does_not()
    {
        var definition = await DefineWithSidecarAsync();
        var task = await tasks.EndedAsync(definition, Environment("stream-ml-service", "TEST_EXIT_CODE", "7"));
        var exits = task["containers"]!.AsArray().ToDictionary(one => (string)one!["name"]!, one => (int)one!["exitCode"]!);
        Assert.That((string?)task["stopCode"], Is.EqualTo("EssentialContainerExited"));
        Assert.That(exits["stream-ml-service"], Is.EqualTo(7));
        Assert.That(exits["sidecar"], Is.EqualTo(0).Or.EqualTo(143), "stopped by SIGTERM");

        var arn = await tasks.StartAsync(definition, Environment("sidecar", "TEST_EXIT_CODE", "3"));
        task = await tasks.UntilAsync(arn, "RUNNING");
        while ((string?)Sidecar(task)["lastStatus"] != "STOPPED") task = await tasks.UntilAsync(arn, "RUNNING");
        await Signed.OkAsync("ecs", "StopTask", new JsonObject { ["cluster"] = Account.Cluster, ["task"] = arn });
        task = await tasks.UntilAsync(arn, "STOPPED");
        Assert.That(((string?)task["stopCode"], (int)Sidecar(task)["exitCode"]!), Is.EqualTo(("UserInitiated", 3)));
    }

    [Test]
    public async Task A_command_of_ones_own_takes_the_place_of_the_images()
    {
        var definition = await driver.RegisterAsync(image, healthCheck: false);
        var task = await tasks.EndedAsync(definition, new JsonObject
        {
            ["containerOverrides"] = new JsonArray(new JsonObject { ["name"] = "stream-ml-service", ["command"] = new JsonArray("--health") }),
        });
        Assert.That((int)task["containers"]![0]!["exitCode"]!, Is.Zero);
    }

    [Test]
    public async Task Every_time_of_a_tasks_life_is_told_in_order_and_finer_than_a_second()
    {
        var task = await tasks.EndedAsync(await driver.RegisterAsync(image, false, environment: [("TEST_EXIT_CODE", "0")]));
        string[] names = ["createdAt", "connectivityAt", "pullStartedAt", "pullStoppedAt", "startedAt", "stoppingAt", "executionStoppedAt", "stoppedAt"];
        var times = names.Select(name => (double)task[name]!).ToList();
        Assert.That(times, Is.Ordered);
        Assert.That(times.Exists(time => time != Math.Floor(time)), Is.True);
    }

    [Test]
    public async Task A_target_that_answers_with_an_error_is_told_in_the_load_balancers_words()
    {
        await Signed.OkAsync("ecs", "UpdateService", new JsonObject
        {
            ["cluster"] = Account.Cluster,
            ["service"] = Account.Service,
            ["healthCheckGracePeriodSeconds"] = 1,
        });
        await driver.UpdateAsync(await driver.RegisterAsync(image, false, environment: [("TEST_HEALTH_STATUS", "503")]));
        var service = await driver.UntilAsync(now => ServiceDriver.Events(now).Any(message => message.Contains("is unhealthy in", StringComparison.Ordinal)));
        await driver.UpdateAsync(await driver.RegisterAsync(image, false), desired: 0);
        var message = ServiceDriver.Events(service).First(one => one.Contains("is unhealthy in", StringComparison.Ordinal));
        Assert.That(message, Does.Match(
            @"\A\(service stream-ml-service-1\) \(task [0-9a-f]{32}\) \(port 8000\) is unhealthy in \(target-group arn:aws:elasticloadbalancing:[^)]+\) "
            + @"due to \(reason Health checks failed with these codes: \[503\]\)\.\z"));
    }

    private static JsonObject Sidecar(JsonObject task) => task["containers"]!.AsArray().First(one => (string?)one!["name"] == "sidecar")!.AsObject();

    private static JsonObject Environment(string container, string name, string value) => new()
    {
        ["containerOverrides"] = new JsonArray(new JsonObject
        {
            ["name"] = container,
            ["environment"] = new JsonArray(new JsonObject { ["name"] = name, ["value"] = value }),
        }),
    };

    private async Task<string> DefineWithSidecarAsync()
    {
        var first = await driver.RegisterAsync(image, healthCheck: false);
        var described = await Signed.OkAsync("ecs", "DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = first });
        var containers = described["taskDefinition"]!["containerDefinitions"]!.DeepClone().AsArray();
        var sidecar = containers[0]!.DeepClone();
        sidecar["name"] = "sidecar";
        sidecar["essential"] = false;
        sidecar["portMappings"] = new JsonArray(new JsonObject { ["containerPort"] = 8001 });
        containers.Add(sidecar);
        var answer = await Signed.OkAsync("ecs", "RegisterTaskDefinition", new JsonObject
        {
            ["family"] = "with-sidecar",
            ["networkMode"] = "awsvpc",
            ["requiresCompatibilities"] = new JsonArray("FARGATE"),
            ["cpu"] = "256",
            ["memory"] = "512",
            ["executionRoleArn"] = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            ["containerDefinitions"] = containers,
        });
        return (string)answer["taskDefinition"]!["taskDefinitionArn"]!;
    }

    private async Task UntilLoggedAsync(string arn, string text)
    {
        var started = TimeProvider.System.GetTimestamp();
        var stream = new JsonObject { ["logGroupName"] = Account.LogGroup, ["logStreamName"] = $"ecs/stream-ml-service/{arn.Split('/')[^1]}" };
        while (!(await Signed.CallAsync("logs", "GetLogEvents", stream.DeepClone())).Text.Contains(text, StringComparison.Ordinal))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(60)), $"'{text}' never came");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
