using System.Net;
using System.Runtime.CompilerServices;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using AWSSDK.Tests.Support;
using Slipway.ModelGenerator;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

internal sealed class ErrorTests
{
    private StubServer server = null!;
    private string code = "";

    private static IEnumerable<TestCaseData<string, string, string>> Modelled() =>
        from service in ServiceCatalog.All
        let model = Model.Read(Repository.ModelPath(Root(), service.Model))
        from operation in model.Operations
        from error in operation.Value.Errors
        select new TestCaseData<string, string, string>(service.Package, operation.Key, error);

    [OneTimeSetUp]
    public async Task Start() => server = await StubServer.StartAsync(context => Answers.Error(code, "What the service says.")(context));

    [OneTimeTearDown]
    public async Task Stop() => await server.DisposeAsync();

    [TestCaseSource(nameof(Modelled))]
    public async Task Every_error_that_the_model_lists_for_an_operation_has_its_exception(string package, string operation, string name)
    {
        code = name;
        var error = (await Assert.CatchAsync<AmazonServiceException>(() => CallAsync(package, operation)))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.GetType().Assembly.GetName().Name, Is.EqualTo(package));
            Assert.That(error.GetType().Name, Is.EqualTo(name));
            Assert.That(error.Message, Is.EqualTo("What the service says."));
            Assert.That(error.ErrorCode, Is.EqualTo(name));
            Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(error.RequestId, Is.EqualTo("11111111-2222-3333-4444-555555555555"));
        });
    }

    [TestCase("ListClusters", "ServiceNotFoundException", Description = "known to the service, but not to the operation")]
    [TestCase("ListClusters", "AccessDeniedForReasonsOfTomorrow")]
    public async Task Another_code_is_the_services_own_exception_after_one_attempt(string operation, string name)
    {
        code = name;
        var before = server.Requests.Count;
        var error = (await Assert.ThrowsAsync<AmazonECSException>(() => CallAsync("AWSSDK.ECS", operation)))!;
        Assert.That(error.ErrorCode, Is.EqualTo(name));
        Assert.That(server.Requests, Has.Count.EqualTo(before + 1));
    }

    [TestCase("""{"__type":"com.amazonaws.ecs#ClusterNotFoundException","Message":"m"}""")]
    [TestCase("""{"__type":"ClusterNotFoundException","message":"m","more":{"deep":[1]}}""")]
    [TestCase("""{"code":"ClusterNotFoundException","message":"m"}""")]
    public async Task The_code_is_found_in_the_spellings_that_services_use(string body)
    {
        await using var stub = await StubServer.StartAsync(Answers.Json(body, 400));
        using var ecs = Clients.Ecs(stub.Url);
        var error = (await Assert.ThrowsAsync<ClusterNotFoundException>(() => ecs.DescribeServicesAsync(new DescribeServicesRequest())))!;
        Assert.That(error.Message, Is.EqualTo("m"));
    }

    [TestCase("<html>proxy says no</html>")]
    [TestCase("")]
    [TestCase("{")]
    [TestCase("[1,2]")]
    public async Task An_error_that_is_no_json_keeps_its_status(string body)
    {
        await using var stub = await StubServer.StartAsync(Answers.Html(body, 403));
        using var ecs = Clients.Ecs(stub.Url);
        var error = (await Assert.CatchAsync<AmazonServiceException>(() => ecs.DescribeServicesAsync(new DescribeServicesRequest())))!;
        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private Task CallAsync(string package, string operation)
    {
        AmazonServiceClient client = package switch
        {
            "AWSSDK.ECS" => Clients.Ecs(server.Url, config => config.MaxErrorRetry = 0),
            "AWSSDK.ECR" => Clients.Ecr(server.Url, config => config.MaxErrorRetry = 0),
            _ => Clients.Logs(server.Url, config => config.MaxErrorRetry = 0),
        };
        var method = client.GetType().GetMethod(operation + "Async")!;
        var request = Activator.CreateInstance(method.GetParameters()[0].ParameterType);
        return (Task)method.Invoke(client, [request, CancellationToken.None])!;
    }

    private static string Root([CallerFilePath] string source = "") => Repository.FindRoot(Path.GetDirectoryName(source)!);
}
