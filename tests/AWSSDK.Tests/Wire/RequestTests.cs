using Amazon.CloudWatchLogs.Model;
using Amazon.ECR.Model;
using Amazon.ECS.Model;
using Amazon.Runtime;
using AWSSDK.Tests.Support;

using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

internal sealed class RequestTests
{
    [Test]
    public async Task A_request_is_a_signed_post_that_names_its_operation()
    {
        await using var server = await StubServer.StartAsync(Answers.Json("""{"services":[],"failures":[]}"""));
        using var ecs = Clients.Ecs(server.Url);
        await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "c", Services = ["s"] });
        var request = server.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Method, Is.EqualTo("POST"));
            Assert.That(request.Path, Is.EqualTo("/"));
            Assert.That(request.Headers["X-Amz-Target"], Is.EqualTo("AmazonEC2ContainerServiceV20141113.DescribeServices"));
            Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/x-amz-json-1.1"));
            Assert.That(request.Headers["User-Agent"], Does.Contain("api/ECS#"));
            Assert.That(request.Text, Is.EqualTo("""{"cluster":"c","services":["s"]}"""));
            Assert.That(request.Headers["Authorization"], Is.EqualTo(SignatureCheck.Expected(request, Clients.SecretKey, "us-east-1", "ecs")));
        });
    }

    [Test]
    public async Task Each_service_signs_with_its_own_name()
    {
        await using var server = await StubServer.StartAsync(Answers.Json("{}"));
        using var ecr = Clients.Ecr(server.Url);
        using var logs = Clients.Logs(server.Url);
        await ecr.GetAuthorizationTokenAsync(new GetAuthorizationTokenRequest());
        await logs.PutLogEventsAsync(new PutLogEventsRequest { LogGroupName = "ä", LogStreamName = "s", LogEvents = [] });
        var (first, second) = (server.Requests[0], server.Requests[1]);
        Assert.Multiple(() =>
        {
            Assert.That(first.Text, Is.EqualTo("{}"));
            Assert.That(first.Headers["X-Amz-Target"], Is.EqualTo("AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"));
            Assert.That(first.Headers["Authorization"], Is.EqualTo(SignatureCheck.Expected(first, Clients.SecretKey, "us-east-1", "ecr")));
            Assert.That(second.Headers["X-Amz-Target"], Is.EqualTo("Logs_20140328.PutLogEvents"));
            Assert.That(second.Headers["Authorization"], Is.EqualTo(SignatureCheck.Expected(second, Clients.SecretKey, "us-east-1", "logs")));
        });
    }

    [Test]
    public async Task Temporary_credentials_send_their_session_token_signed()
    {
        await using var server = await StubServer.StartAsync(Answers.Json("{}"));
        var credentials = new SessionAWSCredentials(Clients.AccessKey, Clients.SecretKey, "the-session");
        using var ecs = new Amazon.ECS.AmazonECSClient(
            credentials, new Amazon.ECS.AmazonECSConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-central-1" });
        await ecs.ListClustersAsync(new ListClustersRequest());
        var request = server.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Headers["X-Amz-Security-Token"], Is.EqualTo("the-session"));
            Assert.That(SignatureCheck.Field(request.Headers["Authorization"], "SignedHeaders"), Does.Contain("x-amz-security-token"));
            Assert.That(
                request.Headers["Authorization"], Is.EqualTo(SignatureCheck.Expected(request, Clients.SecretKey, "eu-central-1", "ecs")));
        });
    }

    [Test]
    public async Task A_response_carries_its_members_and_its_request_id()
    {
        const string Body = """{"services":[{"serviceName":"s","runningCount":2,"unknownToday":{"x":[1]},"events":null}],"failures":[]}""";
        await using var server = await StubServer.StartAsync(Answers.Json(Body));
        using var ecs = Clients.Ecs(server.Url);
        var response = await ecs.DescribeServicesAsync(new DescribeServicesRequest());
        Assert.Multiple(() =>
        {
            Assert.That(response.Services.Single().RunningCount, Is.EqualTo(2));
            Assert.That(response.Services.Single().Events, Is.Null);
            Assert.That(response.Failures, Is.Empty);
            Assert.That(response.ResponseMetadata.RequestId, Is.EqualTo("11111111-2222-3333-4444-555555555555"));
            Assert.That(response.HttpStatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task An_operation_without_output_takes_an_empty_body()
    {
        await using var server = await StubServer.StartAsync(Answers.Json(""));
        using var logs = Clients.Logs(server.Url);
        var response = await logs.CreateLogGroupAsync(new CreateLogGroupRequest { LogGroupName = "g" });
        Assert.That(response.HttpStatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK));
    }

    [Test]
    public async Task Many_calls_at_once_do_not_mix()
    {
        await using var server = await StubServer.StartAsync(async context =>
        {
            context.Request.Headers.TryGetValue("X-Amz-Target", out var target);
            await Answers.Json($$"""{"clusterArns":["{{target}}"],"taskArns":["{{target}}"]}""")(context);
        });
        using var ecs = Clients.Ecs(server.Url);
        var clusters = Enumerable.Range(0, 20).Select(_ => ecs.ListClustersAsync(new ListClustersRequest())).ToList();
        var tasks = Enumerable.Range(0, 20).Select(_ => ecs.ListTasksAsync(new ListTasksRequest())).ToList();
        Assert.That((await Task.WhenAll(clusters)).Select(answer => answer.ClusterArns.Single()), Has.All.EndsWith(".ListClusters"));
        Assert.That((await Task.WhenAll(tasks)).Select(answer => answer.TaskArns.Single()), Has.All.EndsWith(".ListTasks"));
    }
}
