using System.Text.Json;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using AWSSDK.Tests.Support;
using Slipway.LocalCloud.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

/// <summary>What the clients send, verified by botocore: an implementation of the signature that shares nothing with the SDK's.</summary>
internal sealed class SignatureTests
{
    private const string OddText = "ä ß 漢 \"quotes\" \\ / + % & = ~ \u0001 \u2028 🦜";

    private static readonly string LongText = new('x', 200_000);

    private StubServer server = null!;

    [SetUp]
    public async Task StartAsync() => server = await StubServer.StartAsync(Answers.Json("{}"));

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task Every_service_signs_what_it_sends()
    {
        using var ecs = Clients.Ecs(server.Url);
        using var ecr = Clients.Ecr(server.Url);
        using var logs = Clients.Logs(server.Url);
        await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = OddText, Services = [OddText] });
        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest { Family = LongText });
        await ecr.GetAuthorizationTokenAsync(new GetAuthorizationTokenRequest());
        await ecr.BatchGetImageAsync(new BatchGetImageRequest { RepositoryName = OddText, ImageIds = [new() { ImageTag = OddText }] });
        await logs.GetLogEventsAsync(new GetLogEventsRequest { LogGroupName = $"/{OddText}", LogStreamName = "$LATEST[1]" });

        await AllAreSignedAsync(5);
    }

    [Test]
    public async Task Sts_signs_a_form()
    {
        await using var answering = await StubServer.StartAsync(Answers.Html("<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>", 200));
        using var sts = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials(Clients.AccessKey, Clients.SecretKey),
            new AmazonSecurityTokenServiceConfig { ServiceURL = answering.Url, AuthenticationRegion = "eu-west-3" });
        await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::123456789012:role/x y", RoleSessionName = "a+b=c,d.e@f-g_h" });

        Assert.That(await VerifyAsync(answering.Requests), Is.EqualTo(new[] { "ok" }));
    }

    [TestCase("us-east-1")]
    [TestCase("cn-north-1")]
    [TestCase("us-gov-west-1")]
    public async Task A_session_token_is_signed_in_every_partition(string region)
    {
        using var ecs = new AmazonECSClient(
            new SessionAWSCredentials(Clients.AccessKey, Clients.SecretKey, "IQoJb3JpZ2luX2VjE+/=&%"),
            new AmazonECSConfig { ServiceURL = server.Url, AuthenticationRegion = region });
        await ecs.ListClustersAsync(new ListClustersRequest());

        Assert.That(server.Requests.Single().Headers, Does.ContainKey("X-Amz-Security-Token"));
        await AllAreSignedAsync(1);
    }

    [Test]
    public async Task A_request_that_is_sent_again_is_signed_again()
    {
        await using var failing = await StubServer.StartAsync(Answers.Error("ThrottlingException", "Rate exceeded"), Answers.Json("{}"));
        using var ecs = Clients.Ecs(failing.Url);
        await ecs.ListClustersAsync(new ListClustersRequest());

        Assert.That(await VerifyAsync([.. failing.Requests]), Is.EqualTo(new[] { "ok", "ok" }));
    }

    [Test]
    public async Task Nothing_can_be_changed_on_the_way()
    {
        using var ecs = Clients.Ecs(server.Url);
        await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "parrots", Services = ["web"] });
        var sent = server.Requests.Single();
        var changed = sent.Body.ToArray();
        changed[^3] ^= 1;

        var verdicts = await VerifyAsync(
        [
            sent with { Body = changed },
            sent with { Path = "/other" },
            sent with { Headers = With(sent, "X-Amz-Target", "AmazonEC2ContainerServiceV20141113.DeleteService") },
            sent with { Headers = With(sent, "Host", "elsewhere.example") },
        ]);

        Assert.That(verdicts, Has.Exactly(4).Items.And.None.EqualTo("ok"));
        Assert.That(await VerifyAsync([sent]), Is.EqualTo(new[] { "ok" }));
    }

    private static Dictionary<string, string> With(ReceivedRequest sent, string name, string value) =>
        new(sent.Headers, StringComparer.OrdinalIgnoreCase) { [name] = value };

    private async Task AllAreSignedAsync(int count) => Assert.That(await VerifyAsync(server.Requests), Is.EqualTo(Enumerable.Repeat("ok", count)));

    private static async Task<string[]> VerifyAsync(IReadOnlyList<ReceivedRequest> requests)
    {
        var python = Tool.Find("python3");
        if ((await Tool.RunAsync(python, ["-c", "import botocore.auth"])).ExitCode != 0) Assert.Ignore("botocore is not on this machine");
        var lines = requests.Select(sent => JsonSerializer.Serialize(new
        {
            secret = Clients.SecretKey,
            request = new { method = sent.Method, path = sent.Path, headers = sent.Headers, body = Convert.ToHexString(sent.Body) },
        }));
        var run = await Tool.RunAsync(python, [Path.Combine(AppContext.BaseDirectory, "Wire", "verify_signatures.py")], null, string.Join('\n', lines));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
