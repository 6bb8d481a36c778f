using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws;

public sealed class StsCallerIdentityTests : AwsStubFixture
{
    [Test]
    public async Task The_caller_is_who_sts_says()
    {
        Stub.On("GetCallerIdentity", """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::123456789012:user/local</Arn><UserId>X</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
            """);

        var caller = await new StsCallerIdentity(Connection, TimeProvider.System).GetAsync(CancellationToken.None);

        Assert.That(caller, Is.EqualTo(new Caller("123456789012", "arn:aws:iam::123456789012:user/local")));
    }
}
