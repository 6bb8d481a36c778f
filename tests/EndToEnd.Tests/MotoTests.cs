using System.Text.Json;
using Slipway.Deployment.Tests.Aws;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>An AWS-shaped endpoint that others wrote, which takes every order and carries none out: nothing there may look like a success.</summary>
internal sealed class MotoTests
{
    private const string Image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:v1";

    private const string Manifest =
        """{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":2,"digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},"layers":[]}""";

    private const string Environment = """
        {
          "region": "us-east-1", "accountId": "123456789012", "repository": "stream-ml-service", "cluster": "emotional-parrot",
          "service": "stream-ml-service-1", "timeout": "15s"
        }
        """;

    private MotoServer? _moto;
    private Checkout? _checkout;

    private Dictionary<string, string?> Variables => new()
    {
        ["AWS_ENDPOINT_URL"] = _moto!.Endpoint.ToString(),
        ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "opens-nothing",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await MotoServer.StartAsync();
        _checkout = Checkout.Create();
        await File.WriteAllTextAsync(_checkout.PathOf("infra", "environments", "moto.json"), Environment);
        var subnets = (await AwsAsync("ec2", "describe-subnets")).GetProperty("Subnets").EnumerateArray().ToList();
        await AwsAsync(
            "cloudformation", "create-stack", "--stack-name", "service", "--capabilities", "CAPABILITY_NAMED_IAM",
            "--template-body", $"file://{_checkout.PathOf("infra", "service.yaml")}",
            "--parameters", $"ParameterKey=VpcId,ParameterValue={subnets[0].GetProperty("VpcId").GetString()}",
            $"ParameterKey=SubnetIds,ParameterValue={subnets[0].GetProperty("SubnetId").GetString()}");
        await AwsAsync("ecr", "put-image", "--repository-name", "stream-ml-service", "--image-tag", "v1", "--image-manifest", Manifest);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_checkout is not null) await _checkout.DisposeAsync();
        _moto?.Dispose();
    }

    /// <summary>The second time the service names the revision already; with a count it even claims to run it.</summary>
    [Test]
    public async Task A_deployment_that_nobody_carries_out_times_out()
    {
        foreach (var more in new string[][] { [], [], ["--desired-count=1"] })
        {
            var run = await _checkout!.RunAsync(Variables, ["--target=Deploy", "--environment=moto", $"--image={Image}", .. more]);

            Assert.That(run.ExitCode, Is.EqualTo(8));
            Assert.That(run.Output, Does.Contain("no deployment observed").And.Not.Contain("is deployed to"));
            using var outcome = JsonDocument.Parse(await File.ReadAllTextAsync(_checkout.PathOf("artifacts", "deploy", "moto", "outcome.json")));
            Assert.That(outcome.RootElement.GetProperty("verdict").GetString(), Is.EqualTo("timed-out"));
        }
    }

    private Task<JsonElement> AwsAsync(params string[] arguments) => AwsCli.RunAsync(_moto!.Endpoint.Port, arguments);
}
