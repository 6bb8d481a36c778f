using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>An adapter over the wire, against answers in AWS's shape.</summary>
public abstract class AwsStubFixture
{
    private protected AwsStub Stub { get; private set; } = null!;

    private protected AwsConnection Connection { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Stub = await AwsStub.StartAsync();
        Connection = new AwsConnection("us-east-1", Stub.Endpoint);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Connection.Dispose();
        await Stub.DisposeAsync();
    }
}
