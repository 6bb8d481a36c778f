using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>What faults do to tasks and to reads of a service.</summary>
internal sealed class TaskFaultTests : CloudFixture
{
    private SingleTask tasks = null!;
    private string definition = "";

    [OneTimeSetUp]
    public async Task RegisterAsync()
    {
        var image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", "faults");
        tasks = new SingleTask(Cloud);
        definition = await new ServiceDriver(Cloud).RegisterAsync(image, healthCheck: false, environment: [("TEST_EXIT_CODE", "0")]);
    }

    [SetUp]
    public async Task ClearAsync()
    {
        using var cleared = await Cloud.Http.DeleteAsync("/_local/faults");
    }

    [TestCase("CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref a/b:c: not found", true)]
    [TestCase("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed", false)]
    public async Task A_task_fails_to_start_with_the_reason_that_was_given(string reason, bool ofTheContainer)
    {
        await SwitchOnAsync(new JsonObject { ["kind"] = "fail", ["reason"] = reason, ["count"] = 1 });
        var task = await tasks.EndedAsync(definition);
        var container = task["containers"]![0]!;

        Assert.That(((string?)task["stopCode"], (string?)task["stoppedReason"]), Is.EqualTo(("TaskFailedToStart", reason)));
        Assert.That((string?)container["reason"], Is.EqualTo(ofTheContainer ? reason : null));
        Assert.That((container["exitCode"], task["startedAt"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        Assert.That(task["pullStartedAt"] is not null, Is.EqualTo(ofTheContainer));
        Assert.That((double)task["stoppedAt"]!, Is.GreaterThanOrEqualTo((double)task["stoppingAt"]!));
    }

    [Test]
    public async Task A_slow_pull_shows_between_the_times_of_the_pull()
    {
        await SwitchOnAsync(new JsonObject { ["kind"] = "slow", ["delayMs"] = 300, ["count"] = 1 });
        var task = await tasks.EndedAsync(definition);
        Assert.That((double)task["pullStoppedAt"]! - (double)task["pullStartedAt"]!, Is.GreaterThanOrEqualTo(0.29));
        Assert.That((string?)task["stopCode"], Is.EqualTo("EssentialContainerExited"));
    }

    [Test]
    public async Task Without_capacity_a_task_on_its_own_is_answered_as_a_failure()
    {
        await SwitchOnAsync(new JsonObject { ["kind"] = "capacity", ["count"] = 1 });
        var answer = await tasks.RunAsync(definition);
        Assert.That(answer["tasks"]!.AsArray(), Is.Empty);
        Assert.That((string?)answer["failures"]![0]!["reason"], Does.StartWith("Capacity is unavailable at this time."));
    }

    [Test]
    public async Task Reads_stay_stale_for_as_long_as_was_said()
    {
        await SwitchOnAsync(new JsonObject { ["kind"] = "stale", ["delayMs"] = 600_000, ["count"] = 2 }, "ecs:DescribeServices", "ecs:ListServiceDeployments");
        var driver = new ServiceDriver(Cloud);
        var before = (string)(await driver.DescribeAsync())["deployments"]![0]!["id"]!;
        var id = await driver.UpdateAsync(definition, desired: 0);
        var list = await Signed.OkAsync("ecs", "ListServiceDeployments", new JsonObject { ["cluster"] = Account.Cluster, ["service"] = Account.Service });

        Assert.That((string?)(await driver.DescribeAsync())["deployments"]![0]!["id"], Is.EqualTo(before), "stale");
        Assert.That((string?)(await driver.DescribeAsync())["deployments"]![0]!["id"], Is.EqualTo(id), "the count is used up");
        Assert.That(list["serviceDeployments"]!.AsArray(), Has.Count.EqualTo(1));
    }

    private async Task SwitchOnAsync(JsonObject fault, params string[] operations)
    {
        fault["operations"] = new JsonArray([.. (operations is [] ? ["task:Start"] : operations).Select(name => (JsonNode?)JsonValue.Create(name))]);
        using var response = await Cloud.Http.PostAsJsonAsync("/_local/faults", fault);
        Assert.That((int)response.StatusCode, Is.EqualTo(201), await response.Content.ReadAsStringAsync());
    }
}
