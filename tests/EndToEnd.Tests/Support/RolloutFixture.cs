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
}
