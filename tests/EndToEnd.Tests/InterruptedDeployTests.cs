using System.Net;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Deployments that are ended or disturbed from outside: the next run goes on from there.</summary>
[TestFixture]
internal sealed class InterruptedDeployTests : DeployedFixture
{
    [Test]
    public async Task Ctrl_c_while_waiting_says_that_the_deployment_goes_on_and_the_next_run_ends_it()
    {
        Change("fourth");
        using var cloud = new LocalCloudControl(Checkout.Port);
        await cloud.PlayAsync(LocalCloudControl.SlowPull);
        using var running = Checkout.Start(new Dictionary<string, string?>(), "--target=Deploy");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        running.Signal("INT");
        var cancelled = await running.WaitAsync(Checkout.Patience);
        var resumed = await Checkout.RunAsync("--target=WaitStable", "--exclusive");

        Assert.Multiple(() =>
        {
            Assert.That(cancelled.ExitCode, Is.EqualTo(130), cancelled.ToString());
            Assert.That(cancelled.Output, Does.Contain("--target=WaitStable --exclusive").Or.Contain("--target=WaitStable --environment=local --exclusive"));
            Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        });
    }

    [TestCase("Test", TestName = "Killed_in_Test_the_next_run_goes_on", ExpectedResult = 0)]
    [TestCase("DockerBuild", TestName = "Killed_in_DockerBuild_the_next_run_goes_on", ExpectedResult = 0)]
    [TestCase("Push", TestName = "Killed_in_Push_the_next_run_goes_on", ExpectedResult = 0)]
    [TestCase("DeployEcs", TestName = "Killed_in_DeployEcs_the_next_run_goes_on", ExpectedResult = 0)]
    public async Task<int> Killed_anywhere_the_next_run_goes_on(string target)
    {
        Change($"killed in {target}");
        using (var running = Checkout.Start(new Dictionary<string, string?>(), "--target=Deploy"))
        {
            await running.WaitForOutputAsync($"\n{target}\n", Checkout.Patience);
            running.Signal("KILL");
            await running.WaitAsync(Checkout.Patience);
        }

        var run = await Checkout.RunAsync("--target=Deploy");
        Assert.That(await Checkout.HealthAsync(), Is.EqualTo(HttpStatusCode.OK));
        return run.ExitCode;
    }

    [Test]
    public async Task Two_runs_at_once_do_not_touch_the_same_deployment()
    {
        Change("two at once");
        using var first = Checkout.Start(new Dictionary<string, string?>(), "--target=Deploy");
        await first.WaitForOutputAsync("DockerBuild", Checkout.Patience);
        var second = await Checkout.RunAsync("--target=Deploy");
        var clean = await Checkout.RunAsync("--target=Clean");
        var ended = await first.WaitAsync(Checkout.Patience);

        Assert.Multiple(() =>
        {
            Assert.That(second.ExitCode, Is.EqualTo(3));
            Assert.That(second.Output, Does.Contain("process"));
            clean.MustFail(3, "Another run works on environment 'local': process ");
            Assert.That(ended.ExitCode, Is.Zero, ended.ToString());
        });
    }
}
