using Slipway.Deployment.Aws;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>Changes the process's environment, so nothing may run beside it.</summary>
[NonParallelizable]
public sealed class EmbeddedCloudIsolationTests
{
    private static readonly Dictionary<string, string> Shell = new(StringComparer.Ordinal)
    {
        ["AWS_PROFILE"] = "does-not-exist",
        ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9",
        ["AWS_ENDPOINT_URL_ECS"] = "http://127.0.0.1:9",
        ["AWS_ACCESS_KEY_ID"] = "AKIASOMEBODYELSE",
        ["AWS_SECRET_ACCESS_KEY"] = "somebody-else",
        ["AWS_SESSION_TOKEN"] = "token",
        ["AWS_USE_FIPS_ENDPOINT"] = "true",
        ["HTTP_PROXY"] = "http://127.0.0.1:9",
        ["http_proxy"] = "http://127.0.0.1:9",
    };

    private readonly Dictionary<string, string?> before = new(StringComparer.Ordinal);

    [SetUp]
    public void Set()
    {
        foreach (var (name, value) in Shell)
        {
            before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [TearDown]
    public void Restore()
    {
        foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
    }

    [Test]
    public async Task Nothing_in_the_users_shell_leads_a_call_elsewhere()
    {
        await using var stub = await AwsStub.StartAsync();
        stub.On("DescribeServices", "{}").On("BatchGetImage", "{}").OnError("GetLogEvents", "ResourceNotFoundException");
        stub.On("GetCallerIdentity", "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
        using var connection = new AwsConnection("us-east-1", stub.Endpoint);

        await new EcsServiceDeployer(connection, TimeProvider.System).FindServiceAsync("parrot", "web", CancellationToken.None);
        await new EcrImageRegistry(connection, TimeProvider.System, new NoSecretMask()).FindDigestAsync("web", "a", CancellationToken.None);
        await new CloudWatchLogReader(connection, TimeProvider.System).TailAsync(new(null, "g", "s"), 1, CancellationToken.None);
        await new StsCallerIdentity(connection, TimeProvider.System).GetAsync(CancellationToken.None);

        Assert.That(stub.Operations, Is.EqualTo(new[] { "DescribeServices", "BatchGetImage", "GetLogEvents", "GetCallerIdentity" }));
    }
}
