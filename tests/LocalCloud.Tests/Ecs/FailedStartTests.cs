using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Tasks on their own that cannot start, and the words that ECS has for it.</summary>
internal sealed class FailedStartTests : CloudFixture
{
    private SingleTask Tasks => new(Cloud);

    [Test]
    public async Task An_image_that_is_not_there_is_a_pull_error()
    {
        var missing = $"{Cloud.Ports.Registry}/stream-ml-service:missing";
        Assert.That(await ReasonAsync(missing), Is.EqualTo(
            $"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {missing}: {missing}: not found"));
    }

    [Test]
    public async Task An_image_of_another_registry_is_a_pull_error_that_names_ours() =>
        Assert.That(await ReasonAsync("docker.io/library/nginx:latest"), Does.StartWith("CannotPullContainerError: ").And.Contain(Cloud.Ports.Registry));

    [Test]
    public async Task An_entry_point_that_is_not_NET_is_refused_with_a_remedy()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("sh"), entryPoint: ["/bin/sh", "-c", "true"]);
        Assert.That(await ReasonAsync(image), Does.StartWith("CannotStartContainerError: ").And.Contain("Try: start a Docker engine"));
    }

    [Test]
    public async Task A_secret_that_only_AWS_holds_is_named()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("secret"));
        var reason = await ReasonAsync(image, container => container["secrets"] = new JsonArray(
            new JsonObject { ["name"] = "KEY", ["valueFrom"] = "arn:aws:ssm:us-east-1:123456789012:parameter/key" }));
        Assert.That(reason, Does.StartWith("ResourceInitializationError: unable to pull secrets or registry auth").And.Contain("parameter/key"));
    }

    [Test]
    public async Task A_log_group_that_is_not_there_is_a_resource_error()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("log"));
        var reason = await ReasonAsync(image, container => container["logConfiguration"]!["options"]!["awslogs-group"] = "/ecs/missing");
        Assert.That(reason, Does.StartWith("ResourceInitializationError: failed to validate logger args").And.Contain("The specified log group does not exist."));
    }

    [Test]
    public async Task A_log_group_is_made_where_that_is_wished()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("makes"));
        var task = await RunAsync(image, container =>
        {
            container["environment"] = new JsonArray(new JsonObject { ["name"] = "TEST_EXIT_CODE", ["value"] = "0" });
            container["logConfiguration"]!["options"]!["awslogs-group"] = "/ecs/made";
            container["logConfiguration"]!["options"]!["awslogs-create-group"] = "true";
        });
        Assert.That((string?)task["stopCode"], Is.EqualTo("EssentialContainerExited"));
        var groups = await Signed.OkAsync("logs", "DescribeLogGroups", new JsonObject { ["logGroupNamePrefix"] = "/ecs/made" });
        Assert.That(groups["logGroups"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("CMD-SHELL", "curl -f http://localhost:8000/health")]
    [TestCase("CMD", "../../../../outside")]
    public async Task A_health_check_that_cannot_run_here_is_told_in_the_containers_log_and_keeps_no_container_from_its_end(string kind, string command)
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("shell"));
        var arn = await Tasks.StartAsync(await new ServiceDriver(Cloud).RegisterAsync(image, change: container =>
            container["healthCheck"]!["command"] = new JsonArray(kind, command)));
        var stream = $"ecs/stream-ml-service/{arn.Split('/')[^1]}";
        var started = TimeProvider.System.GetTimestamp();
        var text = "";
        while (!text.Contains("[LocalCloud] the health check of container stream-ml-service cannot run", StringComparison.Ordinal))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(60)), text);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            text = (await Signed.CallAsync("logs", "GetLogEvents", new JsonObject { ["logGroupName"] = Account.LogGroup, ["logStreamName"] = stream })).Text;
        }

        await Signed.OkAsync("ecs", "StopTask", new JsonObject { ["cluster"] = Account.Cluster, ["task"] = arn });
        var task = await Tasks.UntilAsync(arn, "STOPPED");
        Assert.That(task["containers"]![0]!["exitCode"], Is.Not.Null, "it was stopped, and not left");
    }

    [Test]
    public async Task A_task_on_its_own_takes_overrides_and_reports_its_exit_code()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("alone"));
        var overrides = new JsonObject
        {
            ["containerOverrides"] = new JsonArray(new JsonObject
            {
                ["name"] = "stream-ml-service",
                ["environment"] = new JsonArray(new JsonObject { ["name"] = "TEST_EXIT_CODE", ["value"] = "7" }),
            }),
        };
        var task = await RunAsync(image, overrides: overrides);
        Assert.That((int)task["containers"]![0]!["exitCode"]!, Is.EqualTo(7));
        Assert.That((string?)task["group"], Is.EqualTo("family:stream-ml-service"));
        Assert.That(task["overrides"]!["containerOverrides"]![0]!["environment"]![0]!["value"]!.ToString(), Is.EqualTo("7"));
    }

    [Test]
    public async Task A_task_that_is_stopped_by_a_person_says_so()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", Unique("stop"));
        var arn = await Tasks.StartAsync(await new ServiceDriver(Cloud).RegisterAsync(image, healthCheck: false));
        await Tasks.UntilAsync(arn, "RUNNING");
        await Signed.OkAsync("ecs", "StopTask", new JsonObject { ["cluster"] = Account.Cluster, ["task"] = arn, ["reason"] = "enough" });
        var task = await Tasks.UntilAsync(arn, "STOPPED");
        Assert.That(((string?)task["stopCode"], (string?)task["stoppedReason"]), Is.EqualTo(("UserInitiated", "enough")));
        Assert.That((int)task["containers"]![0]!["exitCode"]!, Is.Zero.Or.EqualTo(143), "143 where SIGTERM came before .NET was ready for it");
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Cloud.StateFolder, "tasks")).Select(Path.GetFileName), Has.None.EqualTo(arn.Split('/')[^1]));
    }

    private async Task<string?> ReasonAsync(string image, Action<JsonObject>? change = null)
    {
        var task = await RunAsync(image, change);
        var reason = (string?)task["stoppedReason"];
        Assert.That((string?)task["stopCode"], Is.EqualTo("TaskFailedToStart"));
        Assert.That((string?)task["containers"]![0]!["reason"], Is.EqualTo(reason!.StartsWith("Cannot", StringComparison.Ordinal) ? reason : null));
        return reason;
    }

    private async Task<JsonObject> RunAsync(string image, Action<JsonObject>? change = null, JsonObject? overrides = null) =>
        await Tasks.EndedAsync(await new ServiceDriver(Cloud).RegisterAsync(image, healthCheck: false, change), overrides);
}
