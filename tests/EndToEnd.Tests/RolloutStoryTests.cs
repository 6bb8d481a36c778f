using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Rollouts that are followed to their end, whatever comes between: others, signals, a troubled API.</summary>
[TestFixture]
internal sealed class RolloutStoryTests
{
    private const string SlowPull = """[{ "operations": ["task:Start"], "kind": "slow", "delayMs": 6000, "count": 1 }]""";

    private static readonly string[] Reads =
        ["ecs:DescribeServices", "ecs:DescribeServiceDeployments", "ecs:ListServiceDeployments", "ecs:ListTasks", "ecs:DescribeTasks"];

    private RolloutCheckout _rollouts = null!;
    private RolloutRun _first = null!;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        _rollouts = RolloutCheckout.Create();
        _first = await _rollouts.DeployAsync(RolloutCheckout.FirstService);
        Assert.That(_first.Run.ExitCode, Is.Zero, _first.Run.ToString());
    }

    [SetUp]
    public Task ClearAsync() => _rollouts.PlayAsync("[]");

    [OneTimeTearDown]
    public async Task DeleteAsync() => await _rollouts.DisposeAsync();

    [Test]
    public async Task A_rollout_succeeds_and_the_same_again_is_nothing_to_do()
    {
        await _rollouts.CreateServiceAsync("twice");
        var first = await _rollouts.DeployAsync("twice", "--env=TEST_VERSION=twice");
        var second = await _rollouts.DeployAsync("twice", "--env=TEST_VERSION=twice");
        await _rollouts.DeleteServiceAsync("twice");

        first.MustEnd(0, "succeeded");
        second.MustEnd(0, "nothing-to-do", "nothing to deploy");
    }

    [Test]
    public async Task A_service_of_no_tasks_is_stable_and_that_is_said()
    {
        await _rollouts.CreateServiceAsync("none");
        var deploy = await _rollouts.DeployAsync("none", "--desired-count=0", "--env=TEST_VERSION=none");
        await _rollouts.DeleteServiceAsync("none");

        deploy.MustEnd(0, "succeeded", "0 of 0");
    }

    [Test]
    public async Task Another_deployment_that_takes_the_place_of_ours_is_named()
    {
        var deploy = await WhileWaitingAsync("other", () => _rollouts.AwsAsync("update-service", "--service", "other", "--task-definition", "stream-ml-service:1"));
        deploy.MustEnd(9, "superseded", "stream-ml-service:1");
    }

    [Test]
    public async Task The_same_task_definition_forced_again_is_another_deployment()
    {
        var deploy = await WhileWaitingAsync("forced", () => _rollouts.AwsAsync("update-service", "--service", "forced", "--force-new-deployment"));
        deploy.MustEnd(9, "superseded");
    }

    [Test]
    public async Task A_service_that_is_deleted_meanwhile_ends_the_wait()
    {
        var deploy = await WhileWaitingAsync("deleted", () => _rollouts.AwsAsync("delete-service", "--service", "deleted", "--force"), delete: false);
        deploy.MustEnd(6, "failed", "deleted");
    }

    [Test]
    public async Task A_wait_that_runs_out_of_time_says_that_the_deployment_goes_on_and_how_to_resume()
    {
        await _rollouts.CreateServiceAsync("late");
        await _rollouts.PlayAsync(SlowPull);
        var deploy = await _rollouts.DeployAsync("late", "--env=TEST_VERSION=late", "--timeout=2s");
        var resumed = await _rollouts.ResumeAsync("late");
        await _rollouts.DeleteServiceAsync("late");

        deploy.MustEnd(8, "timed-out", "--target=WaitStable");
        resumed.MustEnd(0, "succeeded");
    }

    [TestCase("TERM", 130)]
    [TestCase("INT", 130)]
    [TestCase("KILL", 137)]
    public async Task A_wait_that_was_ended_by_a_signal_is_resumed_to_the_same_verdict(string signal, int exitCode)
    {
        var service = $"signal-{signal}";
        await _rollouts.CreateServiceAsync(service);
        await _rollouts.PlayAsync(SlowPull);
        using var running = _rollouts.Start("Deploy", service, $"--env=TEST_VERSION={signal}");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        running.Signal(signal);
        var ended = await _rollouts.EndAsync(running);
        var resumed = await _rollouts.ResumeAsync(service);
        await _rollouts.DeleteServiceAsync(service);

        Assert.That(ended.Run.ExitCode, Is.EqualTo(exitCode), ended.Run.ToString());
        if (signal != "KILL") ended.MustEnd(130, "cancelled", "goes on in ECS", "--target=WaitStable");
        resumed.MustEnd(0, "succeeded");
    }

    [Test]
    public async Task A_failure_that_came_while_nobody_waited_is_told_by_the_resumed_wait()
    {
        await _rollouts.CreateServiceAsync("gone");
        await _rollouts.PlayAsync(SlowPull);
        using var running = _rollouts.Start("Deploy", "gone", "--env=TEST_EXIT_CODE=21");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        running.Signal("KILL");
        await _rollouts.EndAsync(running);
        var resumed = await _rollouts.ResumeAsync("gone");
        await _rollouts.DeleteServiceAsync("gone");

        resumed.MustEnd(6, "failed", "21");
    }

    [TestCase("TEST_VERSION=good", 0, "succeeded", "running")]
    [TestCase("TEST_EXIT_CODE=22", 6, "failed", "22")]
    public async Task Throttling_server_errors_and_resets_do_not_change_the_verdict(string variable, int exitCode, string verdict, string named)
    {
        var service = $"troubled-{verdict}";
        var faults = $"[{Fault("throttle", 50)},{Fault("error500", 30)},{Fault("reset", 20)}]";
        var deploy = await WhileWaitingAsync(service, () => _rollouts.PlayAsync(faults), variable);
        deploy.MustEnd(exitCode, verdict, named);
    }

    [Test]
    public async Task Cut_answers_and_stale_reads_do_not_change_the_verdict()
    {
        await _rollouts.CreateServiceAsync("stale");
        await _rollouts.PlayAsync(
            """[{ "operations": ["ecs:*"], "kind": "stale", "delayMs": 4000 }, { "operations": ["ecs:DescribeTasks"], "kind": "malformed", "count": 1 }]""");
        var deploy = await _rollouts.DeployAsync("stale", "--env=TEST_VERSION=stale");
        await _rollouts.DeleteServiceAsync("stale");

        deploy.MustEnd(0, "succeeded");
    }

    [Test]
    public async Task An_endpoint_without_service_deployments_is_followed_by_deployment_id()
    {
        await _rollouts.CreateServiceAsync("old");
        await _rollouts.PlayAsync("""[{ "operations": ["ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"], "kind": "unknown" }]""");
        var good = await _rollouts.DeployAsync("old", "--env=TEST_VERSION=old");
        var bad = await _rollouts.DeployAsync("old", "--env=TEST_EXIT_CODE=23");
        await _rollouts.DeleteServiceAsync("old");

        good.MustEnd(0, "succeeded");
        bad.MustEnd(6, "failed", "23");
    }

    [Test]
    public async Task No_right_to_the_registrys_login_stops_before_anything_is_deployed()
    {
        await _rollouts.PlayAsync(
            """[{ "operations": ["ecr:GetAuthorizationToken"], "kind": "deny", "reason": "because no permissions boundary allows the ecr:GetAuthorizationToken action" }]""");
        var deploy = await _rollouts.DeployAsync(RolloutCheckout.FirstService, "--env=TEST_VERSION=denied");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(3), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("ecr:GetAuthorizationToken").And.Contain("permissions boundary"));
        Assert.That(deploy.Verdict, Is.Null);
    }

    [Test]
    public async Task A_token_that_expires_in_the_middle_is_told_as_such_and_the_deployment_goes_on()
    {
        await _rollouts.CreateServiceAsync("expired");
        await _rollouts.PlayAsync(SlowPull);
        using var running = _rollouts.Start("Deploy", "expired", "--env=TEST_VERSION=expired");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        await _rollouts.PlayAsync("""[{ "operations": ["ecs:*"], "kind": "expired" }]""");
        var deploy = await _rollouts.EndAsync(running);
        await _rollouts.PlayAsync("[]");
        var resumed = await _rollouts.ResumeAsync("expired");
        await _rollouts.DeleteServiceAsync("expired");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(3), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("expired").And.Contain("Try: "));
        resumed.MustEnd(0, "succeeded");
    }

    private async Task<RolloutRun> WhileWaitingAsync(string service, Func<Task> happens, string? variable = null, bool delete = true)
    {
        await _rollouts.CreateServiceAsync(service);
        await _rollouts.PlayAsync(SlowPull);
        using var running = _rollouts.Start("Deploy", service, $"--env={variable ?? $"TEST_VERSION={service}"}");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        await happens();
        var deploy = await _rollouts.EndAsync(running);
        if (delete) await _rollouts.DeleteServiceAsync(service);
        return deploy;
    }

    private static string Fault(string kind, int percent) => System.Text.Json.JsonSerializer.Serialize(new { operations = Reads, kind, percent, seed = 4 });
}
