using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using StreamMlService.Identity;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Identity;

internal sealed class IdentityEndpointTests
{
    private const string Metadata = """
        {"DockerId":"x","ImageID":"sha256:abc","Labels":{"com.amazonaws.ecs.task-arn":"arn:aws:ecs:us-east-1:123456789012:task/c/1",
        "com.amazonaws.ecs.task-definition-family":"stream-ml-service","com.amazonaws.ecs.task-definition-version":"7"}}
        """;

    private static readonly string Version = ServiceVersion.Current.Value;

    [Test]
    public async Task Name_and_version_alone_where_nothing_else_is_known()
    {
        await using var service = await RunningService.StartAsync();
        Assert.That(await RootAsync(service), Is.EqualTo($"{{\"name\":\"stream-ml-service\",\"version\":\"{Version}\"}}"));
    }

    [Test]
    public async Task Image_and_task_come_from_the_environment()
    {
        await using var service = await RunningService.StartAsync(environment: new Dictionary<string, string>
        {
            ["SLIPWAY_IMAGE_DIGEST"] = "sha256:1",
            ["SLIPWAY_TASK_ARN"] = "arn:1",
        });
        Assert.That(await RootAsync(service), Does.EndWith("\"imageDigest\":\"sha256:1\",\"task\":\"arn:1\"}"));
    }

    [Test]
    public async Task Metadata_endpoint_is_asked_once_and_fills_what_the_environment_leaves_open()
    {
        await using var metadata = await MetadataEndpoint.StartAsync(context => context.Response.WriteAsync(Metadata));
        await using var service = await StartAsync(metadata.Uri, new Dictionary<string, string> { ["SLIPWAY_IMAGE_DIGEST"] = "sha256:1" });
        Assert.That(metadata.Asked, Is.Zero, "not at the start");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RootAsync(service)));
        Assert.That(answers, Is.All.EqualTo(
            $"{{\"name\":\"stream-ml-service\",\"version\":\"{Version}\",\"imageDigest\":\"sha256:1\","
            + "\"task\":\"arn:aws:ecs:us-east-1:123456789012:task/c/1\",\"taskDefinition\":\"stream-ml-service:7\"}"));
        Assert.That(metadata.Asked, Is.EqualTo(1));
    }

    [TestCase("no json")]
    [TestCase("[]")]
    [TestCase("{\"ImageID\":7,\"Labels\":[]}")]
    public async Task Odd_metadata_is_no_failure(string body)
    {
        await using var metadata = await MetadataEndpoint.StartAsync(context => context.Response.WriteAsync(body));
        await using var service = await StartAsync(metadata.Uri);
        Assert.That(await RootAsync(service), Does.Not.Contain("imageDigest"));
    }

    [Test]
    public async Task Huge_metadata_is_not_read()
    {
        await using var metadata = await MetadataEndpoint.StartAsync(context => context.Response.WriteAsync(new string(' ', TaskMetadata.MostBytes) + Metadata));
        await using var service = await StartAsync(metadata.Uri);
        Assert.That(await RootAsync(service), Does.Not.Contain("imageDigest"));
    }

    [Test]
    public async Task Failing_metadata_is_asked_again_after_a_pause_only()
    {
        var fails = true;
        await using var metadata = await MetadataEndpoint.StartAsync(context =>
        {
            context.Response.StatusCode = fails ? 500 : 200;
            return fails ? Task.CompletedTask : context.Response.WriteAsync(Metadata);
        });
        var time = new FakeTimeProvider();
        await using var service = await StartAsync(metadata.Uri, time: time);
        await RootAsync(service);
        await RootAsync(service);
        Assert.That(metadata.Asked, Is.EqualTo(1));

        fails = false;
        time.Advance(TaskMetadata.Pause);
        Assert.That(await RootAsync(service), Does.Contain("stream-ml-service:7"));
    }

    [Test]
    public async Task Silent_metadata_holds_nobody_up_for_long()
    {
        await using var metadata = await MetadataEndpoint.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var service = await StartAsync(metadata.Uri);
        Assert.That(await RootAsync(service), Does.Contain("\"version\""));
    }

    [TestCase("not a uri")]
    [TestCase("ftp://127.0.0.1/")]
    [TestCase("http://127.0.0.1:1/")]
    public async Task An_address_that_leads_nowhere_is_no_failure(string uri)
    {
        await using var service = await StartAsync(uri);
        Assert.That(await RootAsync(service), Does.Contain("\"version\""));
    }

    private static Task<RunningService> StartAsync(string uri, Dictionary<string, string>? environment = null, TimeProvider? time = null) =>
        RunningService.StartAsync(environment: new Dictionary<string, string>(environment ?? []) { ["ECS_CONTAINER_METADATA_URI_V4"] = uri }, time: time);

    private static Task<string> RootAsync(RunningService service) => service.Client.GetStringAsync(new Uri("/", UriKind.Relative));
}
