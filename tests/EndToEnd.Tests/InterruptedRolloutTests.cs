using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Waits that end before the rollout does: it goes on in ECS, and the next wait comes to the same verdict.</summary>
[TestFixture]
internal sealed class InterruptedRolloutTests : RolloutFixture
{
    [Test]
    public async Task A_wait_that_runs_out_of_time_says_that_the_deployment_goes_on_and_how_to_resume()
    {
        await Rollouts.Ecs.CreateServiceAsync("late");
        await Rollouts.Cloud.PlayAsync(LocalCloudControl.SlowPull);
        var deploy = await Rollouts.DeployAsync("late", "--env=TEST_VERSION=late", "--timeout=2s");
        var resumed = await Rollouts.ResumeAsync("late");
        await Rollouts.Ecs.DeleteServiceAsync("late");

        deploy.MustEnd(8, "timed-out", "--target=WaitStable");
        resumed.MustEnd(0, "succeeded");
    }

    [TestCase("TERM", 130)]
    [TestCase("INT", 130)]
    [TestCase("KILL", 137)]
    public async Task A_wait_that_was_ended_by_a_signal_is_resumed_to_the_same_verdict(string signal, int exitCode)
    {
        var service = $"signal-{signal}";
        using var running = await UntilWaitingAsync(service);
        running.Signal(signal);
        var ended = await Rollouts.EndAsync(running);
        var resumed = await Rollouts.ResumeAsync(service);
        await Rollouts.Ecs.DeleteServiceAsync(service);

        Assert.That(ended.Run.ExitCode, Is.EqualTo(exitCode), ended.Run.ToString());
        if (signal != "KILL") ended.MustEnd(130, "cancelled", "goes on in ECS", "--target=WaitStable");
        resumed.MustEnd(0, "succeeded");
    }

    [Test]
    public async Task A_failure_that_came_while_nobody_waited_is_told_by_the_resumed_wait()
    {
        using var running = await UntilWaitingAsync("gone", "TEST_EXIT_CODE=21");
        running.Signal("KILL");
        await Rollouts.EndAsync(running);
        var resumed = await Rollouts.ResumeAsync("gone");
        await Rollouts.Ecs.DeleteServiceAsync("gone");

        resumed.MustEnd(6, "failed", "21");
    }

    [Test]
    public async Task A_token_that_expires_in_the_middle_is_told_as_such_and_the_deployment_goes_on()
    {
        using var running = await UntilWaitingAsync("expired");
        await Rollouts.Cloud.PlayAsync("""[{ "operations": ["ecs:*"], "kind": "expired" }]""");
        var deploy = await Rollouts.EndAsync(running);
        await Rollouts.Cloud.PlayNothingAsync();
        var resumed = await Rollouts.ResumeAsync("expired");
        await Rollouts.Ecs.DeleteServiceAsync("expired");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(3), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("expired").And.Contain("Try: "));
        resumed.MustEnd(0, "succeeded");
    }
}
