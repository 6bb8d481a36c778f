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

    /// <summary>Deploys to a new service, and goes on as soon as the rollout is waited for: its image takes seconds to pull.</summary>
    protected async Task<RunningScript> UntilWaitingAsync(string service, string? variable = null)
    {
        await Rollouts.Ecs.CreateServiceAsync(service);
        await Rollouts.Cloud.PlayAsync(LocalCloudControl.SlowPull);
        var running = Rollouts.Start("Deploy", service, $"--env={variable ?? $"TEST_VERSION={service}"}");
        try
        {
            await running.WaitForOutputAsync("\nWaitStable\n", Checkout.Patience);
            return running;
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>Has something happen while the rollout is waited for, and waits for its end.</summary>
    protected async Task<RolloutRun> WhileWaitingAsync(string service, Func<Task> happens, string? variable = null, bool delete = true)
    {
        using var running = await UntilWaitingAsync(service, variable);
        await happens();
        var deploy = await Rollouts.EndAsync(running);
        if (delete) await Rollouts.Ecs.DeleteServiceAsync(service);
        return deploy;
    }
}
