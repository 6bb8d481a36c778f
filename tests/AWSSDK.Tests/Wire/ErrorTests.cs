using System.Net;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using AWSSDK.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

internal sealed class ErrorTests
{
    private static IEnumerable<Type> Modelled =>
        new[] { typeof(AmazonECSException), typeof(AmazonECRException), typeof(AmazonCloudWatchLogsException) }
            .SelectMany(root => root.Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(root)));

    [TestCaseSource(nameof(Modelled))]
    public async Task Every_error_code_of_the_models_has_its_exception(Type expected)
    {
        await using var server = await StubServer.StartAsync(Answers.Error(expected.Name, "What the service says."));
        var error = (await Assert.CatchAsync<AmazonServiceException>(() => CallAsync(expected.Assembly.GetName().Name!, server.Url)))!;
        Assert.Multiple(() =>
        {
            Assert.That(error, Is.TypeOf(expected));
            Assert.That(error.Message, Is.EqualTo("What the service says."));
            Assert.That(error.ErrorCode, Is.EqualTo(expected.Name));
            Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(error.RequestId, Is.EqualTo("11111111-2222-3333-4444-555555555555"));
        });
    }

    [TestCase("""{"__type":"com.amazonaws.ecs#ClusterNotFoundException","Message":"m"}""")]
    [TestCase("""{"__type":"ClusterNotFoundException","message":"m","more":{"deep":[1]}}""")]
    [TestCase("""{"code":"ClusterNotFoundException","message":"m"}""")]
    public async Task The_code_is_found_in_the_spellings_that_services_use(string body)
    {
        await using var server = await StubServer.StartAsync(Answers.Json(body, 400));
        using var ecs = Clients.Ecs(server.Url);
        var error = (await Assert.ThrowsAsync<ClusterNotFoundException>(() => ecs.DescribeServicesAsync(new DescribeServicesRequest())))!;
        Assert.That(error.Message, Is.EqualTo("m"));
    }

    [Test]
    public async Task A_code_that_the_model_lacks_is_the_services_own_exception_after_one_attempt()
    {
        await using var server = await StubServer.StartAsync(Answers.Error("AccessDeniedForReasonsOfTomorrow", "No."));
        using var ecs = Clients.Ecs(server.Url);
        var error = (await Assert.ThrowsAsync<AmazonECSException>(() => ecs.DescribeServicesAsync(new DescribeServicesRequest())))!;
        Assert.That(error.ErrorCode, Is.EqualTo("AccessDeniedForReasonsOfTomorrow"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("<html>proxy says no</html>")]
    [TestCase("")]
    [TestCase("{")]
    [TestCase("[1,2]")]
    public async Task An_error_that_is_no_json_keeps_its_status(string body)
    {
        await using var server = await StubServer.StartAsync(Answers.Html(body, 403));
        using var ecs = Clients.Ecs(server.Url);
        var error = (await Assert.CatchAsync<AmazonServiceException>(() => ecs.DescribeServicesAsync(new DescribeServicesRequest())))!;
        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static Task CallAsync(string package, string url) => package switch
    {
        "AWSSDK.ECS" => Clients.Ecs(url, config => config.MaxErrorRetry = 0).ListClustersAsync(new ListClustersRequest()),
        "AWSSDK.ECR" => Clients.Ecr(url, config => config.MaxErrorRetry = 0)
            .DescribeRepositoriesAsync(new Amazon.ECR.Model.DescribeRepositoriesRequest()),
        _ => Clients.Logs(url, config => config.MaxErrorRetry = 0)
            .DescribeLogGroupsAsync(new Amazon.CloudWatchLogs.Model.DescribeLogGroupsRequest()),
    };
}
