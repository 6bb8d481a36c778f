namespace Slipway.LocalCloud.Tests.Support;

/// <summary>A fixture whose tests share one cloud, and so take names of their own.</summary>
internal abstract class CloudFixture
{
    protected LocalCloudHost Cloud { get; private set; } = null!;

    protected SignedClient Signed => Cloud.Signed;

    protected AwsClients Aws => new(Cloud);

    /// <summary>A name that no other test has.</summary>
    protected static string Unique(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..(prefix.Length + 9)];

    [OneTimeSetUp]
    public async Task StartAsync() => Cloud = await LocalCloudHost.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Cloud.DisposeAsync();
}
