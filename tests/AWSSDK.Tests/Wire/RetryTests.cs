using System.Net.Sockets;
using Amazon.ECS.Model;
using Amazon.Runtime;
using AWSSDK.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

/// <summary>Retries are the SDK core's; these tests hold that our part does not stand in their way.</summary>
internal sealed class RetryTests
{
    private static readonly Answer Ok = Answers.Json("""{"clusterArns":["a"]}""");

    [Test]
    public async Task Throttling_is_tried_again_and_each_attempt_is_signed()
    {
        var throttled = Answers.Error("ThrottlingException", "Rate exceeded");
        await using var server = await StubServer.StartAsync(throttled, throttled, Ok);
        using var ecs = Clients.Ecs(server.Url);
        Assert.That((await ecs.ListClustersAsync(new ListClustersRequest { MaxResults = 7 })).ClusterArns, Is.EqualTo(new[] { "a" }));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        foreach (var request in server.Requests)
        {
            Assert.That(request.Text, Is.EqualTo("""{"maxResults":7}"""));
            Assert.That(request.Headers["Authorization"], Is.EqualTo(SignatureCheck.Expected(request, Clients.SecretKey, "us-east-1", "ecs")));
        }
    }

    [Test]
    public async Task A_server_error_in_json_or_html_is_tried_again()
    {
        await using var server = await StubServer.StartAsync(
            Answers.Error("ServerException", "oops", 500), Answers.Html("<html>503</html>", 503), Ok);
        using var ecs = Clients.Ecs(server.Url);
        Assert.That((await ecs.ListClustersAsync(new ListClustersRequest())).ClusterArns, Has.Count.EqualTo(1));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        await using var server = await StubServer.StartAsync(Answers.Reset, Answers.Reset, Ok);
        using var ecs = Clients.Ecs(server.Url);
        Assert.That((await ecs.ListClustersAsync(new ListClustersRequest())).ClusterArns, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_error_for_ever_ends_after_three_attempts()
    {
        await using var server = await StubServer.StartAsync(Answers.Error("ServerException", "oops", 500));
        using var ecs = Clients.Ecs(server.Url);
        await Assert.ThrowsAsync<ServerException>(() => ecs.ListClustersAsync(new ListClustersRequest()));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task One_token_serves_all_attempts_of_a_call_and_the_next_call_gets_another()
    {
        await using var server = await StubServer.StartAsync(
            Answers.Error("ServerException", "oops", 500), Answers.Json("{}"), Answers.Json("{}"));
        using var ecs = Clients.Ecs(server.Url);
        var request = new RunTaskRequest { TaskDefinition = "t" };
        await ecs.RunTaskAsync(request);
        await ecs.RunTaskAsync(request);
        var bodies = server.Requests.Select(received => received.Text).ToList();
        Assert.That(bodies, Has.Count.EqualTo(3));
        Assert.That(bodies[1], Is.EqualTo(bodies[0]));
        Assert.That(bodies[2], Is.Not.EqualTo(bodies[0]));
    }

    [TestCase("not json at all")]
    [TestCase("""{"clusterArns":[""")]
    [TestCase("""{"clusterArns":"text"}""")]
    [TestCase("[]")]
    public async Task A_success_that_cannot_be_read_is_an_error_of_the_client(string body)
    {
        await using var server = await StubServer.StartAsync(Answers.Json(body));
        using var ecs = Clients.Ecs(server.Url, config => config.MaxErrorRetry = 0);
        await Assert.CatchAsync<AmazonUnmarshallingException>(() => ecs.ListClustersAsync(new ListClustersRequest()));
    }

    [Test]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        await using var server = await StubServer.StartAsync(Answers.Never);
        using var ecs = Clients.Ecs(server.Url);
        using var source = new CancellationTokenSource();
        var call = ecs.ListClustersAsync(new ListClustersRequest(), source.Token);
        await source.CancelAsync();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task An_answer_that_does_not_come_is_a_timeout()
    {
        await using var server = await StubServer.StartAsync(Answers.Never);
        using var ecs = Clients.Ecs(server.Url, config =>
        {
            config.Timeout = TimeSpan.FromMilliseconds(200);
            config.MaxErrorRetry = 0;
        });
        Assert.That(async () => await ecs.ListClustersAsync(new ListClustersRequest()), Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public void A_refused_connection_is_an_http_request_exception()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var ecs = Clients.Ecs($"http://127.0.0.1:{port}", config => config.MaxErrorRetry = 0);
        Assert.That(async () => await ecs.ListClustersAsync(new ListClustersRequest()), Throws.InstanceOf<HttpRequestException>());
    }
}
