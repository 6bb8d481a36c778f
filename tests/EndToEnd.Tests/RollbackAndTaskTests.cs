using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>The way back, and tasks beside a service, with real containers.</summary>
[TestFixture]
internal sealed class RollbackAndTaskTests : RolloutFixture
{
    private const string Command = """["--health"]""";

    [Test]
    public async Task A_rollback_goes_to_the_last_revision_that_ran()
    {
        await Rollouts.Ecs.CreateServiceAsync("back");
        await Rollouts.DeployAsync("back", "--env=TEST_VERSION=good");
        var good = await TaskDefinitionAsync("back");
        await Rollouts.DeployAsync("back", "--env=TEST_VERSION=unwanted");
        var rollback = await Rollouts.RunAsync("Rollback", "back");
        var after = await TaskDefinitionAsync("back");
        await Rollouts.Ecs.DeleteServiceAsync("back");

        rollback.MustEnd(0, "succeeded", "TEST_VERSION");
        Assert.That(after, Is.EqualTo(good));
    }

    [Test]
    public async Task A_failed_deployment_is_rolled_back_on_request_where_the_circuit_breaker_is_off()
    {
        await Rollouts.Ecs.CreateServiceAsync("failure");
        await Rollouts.DeployAsync("failure", "--env=TEST_VERSION=good");
        var good = await TaskDefinitionAsync("failure");
        var deploy = await Rollouts.DeployAsync("failure", "--env=TEST_EXIT_CODE=31", "--rollback-on-failure");
        var after = await TaskDefinitionAsync("failure");
        await Rollouts.Ecs.DeleteServiceAsync("failure");

        deploy.MustEnd(7, "rolled-back", "31");
        Assert.That(after, Is.EqualTo(good));
    }

    [TestCase("good", 0, TestName = "A_task_on_its_own_ends_with_the_exit_code_of_its_container")]
    [TestCase("bad", 6, TestName = "A_task_on_its_own_that_fails_is_told")]
    public async Task A_task_on_its_own(string health, int exitCode)
    {
        var before = await TaskDefinitionAsync(RolloutCheckout.FirstService);
        var task = await Rollouts.RunAsync("RunTask", RolloutCheckout.FirstService, $"--task-command={Command}", $"--env=TEST_CONTAINER_HEALTH={health}");

        Assert.That(task.Run.ExitCode, Is.EqualTo(exitCode), task.Run.ToString());
        Assert.That(await TaskDefinitionAsync(RolloutCheckout.FirstService), Is.EqualTo(before));
    }

    [Test]
    public async Task A_pre_deploy_task_that_succeeds_lets_the_deployment_begin()
    {
        await Rollouts.Ecs.CreateServiceAsync("gate-open");
        var deploy = await Rollouts.DeployAsync("gate-open", $"--pre-deploy-task={Command}", "--env=TEST_VERSION=gate");
        await Rollouts.Ecs.DeleteServiceAsync("gate-open");

        deploy.MustEnd(0, "succeeded", "task");
    }

    [Test]
    public async Task A_pre_deploy_task_that_fails_leaves_the_service_untouched()
    {
        await Rollouts.Ecs.CreateServiceAsync("gate-shut");
        var before = await TaskDefinitionAsync("gate-shut");
        var deploy = await Rollouts.DeployAsync("gate-shut", $"--pre-deploy-task={Command}", "--env=TEST_CONTAINER_HEALTH=bad");
        var after = await TaskDefinitionAsync("gate-shut");
        await Rollouts.Ecs.DeleteServiceAsync("gate-shut");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(6), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("exit code 1").And.Contain("Try: "));
        Assert.That((after, deploy.Verdict), Is.EqualTo((before, (string?)null)));
    }

    private async Task<string?> TaskDefinitionAsync(string service) => await Rollouts.Ecs.TaskDefinitionOfAsync(service);
}
