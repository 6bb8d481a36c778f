using System.Text.Json.Nodes;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Runtime;
using Slipway.LocalCloud.State;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

internal sealed class RestartTests
{
    [Test]
    public async Task Services_come_back_with_new_tasks_after_a_restart()
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        var driver = new ServiceDriver(cloud);
        var image = await ServiceImage.AddAsync(cloud, "stream-ml-service", "v1");
        var definition = await driver.RegisterAsync(image, healthCheck: false, environment: [("TEST_VERSION", "one")]);
        var id = await driver.UpdateAsync(definition);
        await driver.UntilCompletedAsync(id);
        var before = (await driver.TasksAsync()).Single();

        await cloud.RestartAsync();
        driver = new ServiceDriver(cloud);
        await driver.UntilAsync(now => (int)now["runningCount"]! == 1 && ServiceDriver.Events(now)[0].EndsWith("steady state.", StringComparison.Ordinal));
        var after = (await driver.TasksAsync()).Single();
        Assert.That((string?)after["taskArn"], Is.Not.EqualTo((string?)before["taskArn"]));
        Assert.That((string?)after["taskDefinitionArn"], Is.EqualTo(definition));
        Assert.That((string?)(await driver.DescribeAsync())["deployments"]![0]!["id"], Is.EqualTo(id), "a restart is no deployment");

        var old = (await driver.TasksAsync("STOPPED")).Single(task => (string?)task["taskArn"] == (string?)before["taskArn"]);
        Assert.That((string?)old["stoppedReason"], Is.EqualTo("Task stopped because LocalCloud was shut down"));
        Assert.That((int)old["containers"]![0]!["exitCode"]!, Is.Zero);
    }

    [Test]
    public async Task What_a_killed_instance_left_running_is_ended_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-state-").FullName;
        using var left = ServiceImage.StartAsProcess();
        try
        {
            var state = new StateFolder(folder);
            var record = ProcessIdentity.Of(left.Id)!;
            state.Write("tasks/bba77aa9286f4aff80581502b990a81b/stream-ml-service/process.json", record);
            Assert.That(record.IsAlive, Is.True);

            await new ProcessRuntime(state, TimeProvider.System, "").EndOrphansAsync(CancellationToken.None);
            await left.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.That(record.IsAlive, Is.False);
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(folder, "tasks")), Is.Empty);
        }
        finally
        {
            if (!left.HasExited) left.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_process_of_the_same_number_but_another_start_is_left_alone()
    {
        var own = ProcessIdentity.Of(Environment.ProcessId)!;
        Assert.That(own.IsAlive, Is.True);
        Assert.That((own with { Start = "earlier" }).IsAlive, Is.False);
        Assert.That(ProcessIdentity.Of(int.MaxValue), Is.Null);
    }

    [Test]
    public void A_state_that_cannot_be_read_is_set_aside_whole()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-state-").FullName;
        try
        {
            var state = new StateFolder(folder);
            File.WriteAllText(Path.Combine(state.Folder("ecs"), "services.json"), "[{ \"name\": ");
            File.WriteAllText(Path.Combine(state.Folder("ecs"), "clusters.json"), "[]");
            using var ecs = new EcsState(state);
            Assert.That(ecs.Current.Services, Is.Empty);
            Assert.That(Directory.EnumerateFiles(Path.Combine(folder, "ecs.unreadable")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "services.json", "clusters.json" }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task An_answered_registration_is_on_disk()
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        var arn = await new ServiceDriver(cloud).RegisterAsync("image:1");
        var saved = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(cloud.StateFolder, "ecs", "task-definitions.json")))!.AsArray();
        Assert.That(saved.Select(item => $"{item!["family"]}:{item["revision"]}"), Does.Contain(arn.Split('/')[^1]));
    }
}
