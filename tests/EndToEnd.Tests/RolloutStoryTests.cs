using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Rollouts that are followed to their end, whatever comes between: others, signals, a troubled API.</summary>
[TestFixture]
internal sealed class RolloutStoryTests : RolloutFixture
{
    private const string SlowPull = """[{ "operations": ["task:Start"], "kind": "slow", "delayMs": 6000, "count": 1 }]""";

    private static readonly string[] Reads =
        ["ecs:DescribeServices", "ecs:DescribeServiceDeployments", "ecs:ListServiceDeployments", "ecs:ListTasks", "ecs:DescribeTasks"];

    [Test]
    public async Task A_rollout_succeeds_and_the_same_again_is_nothing_to_do()
    {
        await Rollouts.CreateServiceAsync("twice");
        var first = await Rollouts.DeployAsync("twice", "--env=TEST_VERSION=twice");
        var second = await Rollouts.DeployAsync("twice", "--env=TEST_VERSION=twice");
        await Rollouts.DeleteServiceAsync("twice");

        first.MustEnd(0, "succeeded");
        second.MustEnd(0, "nothing-to-do", "nothing to deploy");
    }

    [Test]
    public async Task A_service_of_no_tasks_is_stable_and_that_is_said()
    {
        await Rollouts.CreateServiceAsync("none");
        var deploy = await Rollouts.DeployAsync("none", "--desired-count=0", "--env=TEST_VERSION=none");
        await Rollouts.DeleteServiceAsync("none");

        deploy.MustEnd(0, "succeeded", "0 of 0");
    }

    [Test]
    public async Task Another_deployment_that_takes_the_place_of_ours_is_named()
    {
        var deploy = await WhileWaitingAsync("other", () => Rollouts.AwsAsync("update-service", "--service", "other", "--task-definition", "stream-ml-service:1"));
        deploy.MustEnd(9, "superseded", "stream-ml-service:1");
    }

    [Test]
    public async Task The_same_task_definition_forced_again_is_another_deployment()
    {
        var deploy = await WhileWaitingAsync("forced", () => Rollouts.AwsAsync("update-service", "--service", "forced", "--force-new-deployment"));
        deploy.MustEnd(9, "superseded");
    }

    [Test]
    public async Task A_service_that_is_deleted_meanwhile_ends_the_wait()
    {
        var deploy = await WhileWaitingAsync("deleted", () => Rollouts.AwsAsync("delete-service", "--service", "deleted", "--force"), delete: false);
        deploy.MustEnd(6, "failed", "deleted");
    }

    [Test]
    public async Task A_wait_that_runs_out_of_time_says_that_the_deployment_goes_on_and_how_to_resume()
    {
        await Rollouts.CreateServiceAsync("late");
        await Rollouts.Cloud.PlayAsync(SlowPull);
        var deploy = await Rollouts.DeployAsync("late", "--env=TEST_VERSION=late", "--timeout=2s");
        var resumed = await Rollouts.ResumeAsync("late");
        await Rollouts.DeleteServiceAsync("late");

        deploy.MustEnd(8, "timed-out", "--target=WaitStable");
        resumed.MustEnd(0, "succeeded");
    }

    [TestCase("TERM", 130)]
    [TestCase("INT", 130)]
    [TestCase("KILL", 137)]
    public async Task A_wait_that_was_ended_by_a_signal_is_resumed_to_the_same_verdict(string signal, int exitCode)
    {
        var service = $"signal-{signal}";
        await Rollouts.CreateServiceAsync(service);
        await Rollouts.Cloud.PlayAsync(SlowPull);
        using var running = Rollouts.Start("Deploy", service, $"--env=TEST_VERSION={signal}");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        running.Signal(signal);
        var ended = await Rollouts.EndAsync(running);
        var resumed = await Rollouts.ResumeAsync(service);
        await Rollouts.DeleteServiceAsync(service);

        Assert.That(ended.Run.ExitCode, Is.EqualTo(exitCode), ended.Run.ToString());
        if (signal != "KILL") ended.MustEnd(130, "cancelled", "goes on in ECS", "--target=WaitStable");
        resumed.MustEnd(0, "succeeded");
    }

    [Test]
    public async Task A_failure_that_came_while_nobody_waited_is_told_by_the_resumed_wait()
    {
        await Rollouts.CreateServiceAsync("gone");
        await Rollouts.Cloud.PlayAsync(SlowPull);
        using var running = Rollouts.Start("Deploy", "gone", "--env=TEST_EXIT_CODE=21");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        running.Signal("KILL");
        await Rollouts.EndAsync(running);
        var resumed = await Rollouts.ResumeAsync("gone");
        await Rollouts.DeleteServiceAsync("gone");

        resumed.MustEnd(6, "failed", "21");
    }

    [TestCase("TEST_VERSION=good", 0, "succeeded", "running")]
    [TestCase("TEST_EXIT_CODE=22", 6, "failed", "22")]
    public async Task Throttling_server_errors_and_resets_do_not_change_the_verdict(string variable, int exitCode, string verdict, string named)
    {
        var service = $"troubled-{verdict}";
        var faults = $"[{Fault("throttle", 50)},{Fault("error500", 30)},{Fault("reset", 20)}]";
        var deploy = await WhileWaitingAsync(service, () => Rollouts.Cloud.PlayAsync(faults), variable);
        deploy.MustEnd(exitCode, verdict, named);
    }

    [Test]
    public async Task Cut_answers_and_stale_reads_do_not_change_the_verdict()
    {
        await Rollouts.CreateServiceAsync("stale");
        await Rollouts.Cloud.PlayAsync(
            """[{ "operations": ["ecs:*"], "kind": "stale", "delayMs": 4000 }, { "operations": ["ecs:DescribeTasks"], "kind": "malformed", "count": 1 }]""");
        var deploy = await Rollouts.DeployAsync("stale", "--env=TEST_VERSION=stale");
        await Rollouts.DeleteServiceAsync("stale");

        deploy.MustEnd(0, "succeeded");
    }

    [Test]
    public async Task An_endpoint_without_service_deployments_is_followed_by_deployment_id()
    {
        await Rollouts.CreateServiceAsync("old");
        await Rollouts.Cloud.PlayAsync("""[{ "operations": ["ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"], "kind": "unknown" }]""");
        var good = await Rollouts.DeployAsync("old", "--env=TEST_VERSION=old");
        var bad = await Rollouts.DeployAsync("old", "--env=TEST_EXIT_CODE=23");
        await Rollouts.DeleteServiceAsync("old");

        good.MustEnd(0, "succeeded");
        bad.MustEnd(6, "failed", "23");
    }

    [Test]
    public async Task No_right_to_the_registrys_login_stops_before_anything_is_deployed()
    {
        await Rollouts.Cloud.PlayAsync(
            """[{ "operations": ["ecr:GetAuthorizationToken"], "kind": "deny", "reason": "because no permissions boundary allows the ecr:GetAuthorizationToken action" }]""");
        var deploy = await Rollouts.DeployAsync(RolloutCheckout.FirstService, "--env=TEST_VERSION=denied");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(3), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("ecr:GetAuthorizationToken").And.Contain("permissions boundary"));
        Assert.That(deploy.Verdict, Is.Null);
    }

    [Test]
    public async Task A_token_that_expires_in_the_middle_is_told_as_such_and_the_deployment_goes_on()
    {
        await Rollouts.CreateServiceAsync("expired");
        await Rollouts.Cloud.PlayAsync(SlowPull);
        using var running = Rollouts.Start("Deploy", "expired", "--env=TEST_VERSION=expired");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        await Rollouts.Cloud.PlayAsync("""[{ "operations": ["ecs:*"], "kind": "expired" }]""");
        var deploy = await Rollouts.EndAsync(running);
        await Rollouts.Cloud.PlayNothingAsync();
        var resumed = await Rollouts.ResumeAsync("expired");
        await Rollouts.DeleteServiceAsync("expired");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(3), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("expired").And.Contain("Try: "));
        resumed.MustEnd(0, "succeeded");
    }

    private async Task<RolloutRun> WhileWaitingAsync(string service, Func<Task> happens, string? variable = null, bool delete = true)
    {
        await Rollouts.CreateServiceAsync(service);
        await Rollouts.Cloud.PlayAsync(SlowPull);
        using var running = Rollouts.Start("Deploy", service, $"--env={variable ?? $"TEST_VERSION={service}"}");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        await happens();
        var deploy = await Rollouts.EndAsync(running);
        if (delete) await Rollouts.DeleteServiceAsync(service);
        return deploy;
    }

    private static string Fault(string kind, int percent) => System.Text.Json.JsonSerializer.Serialize(new { operations = Reads, kind, percent, seed = 4 });
}
