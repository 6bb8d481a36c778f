namespace Slipway.EndToEnd.Tests.Support;

/// <summary>One copy for all scenarios of a fixture, with its first service deployed; no scenario inherits the failures of the one before.</summary>
internal abstract class RolloutFixture
{
    protected RolloutCheckout Rollouts { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        Rollouts = RolloutCheckout.Create();
        var first = await Rollouts.DeployAsync(RolloutCheckout.FirstService);
        Assert.That(first.Run.ExitCode, Is.Zero, first.Run.ToString());
    }

    [SetUp]
    public Task ClearAsync() => Rollouts.Cloud.PlayNothingAsync();

    [OneTimeTearDown]
    public async Task DeleteAsync() => await Rollouts.DisposeAsync();

    /// <summary>Deploys to a new service, and has something happen as soon as the rollout is waited for.</summary>
    protected async Task<RolloutRun> WhileWaitingAsync(string service, Func<Task> happens, string? variable = null, bool delete = true)
    {
        await Rollouts.Ecs.CreateServiceAsync(service);
        await Rollouts.Cloud.PlayAsync(LocalCloudControl.SlowPull);
        using var running = Rollouts.Start("Deploy", service, $"--env={variable ?? $"TEST_VERSION={service}"}");
        await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
        await happens();
        var deploy = await Rollouts.EndAsync(running);
        if (delete) await Rollouts.Ecs.DeleteServiceAsync(service);
        return deploy;
    }
}
