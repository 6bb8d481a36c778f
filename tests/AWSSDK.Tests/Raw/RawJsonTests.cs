using System.Text;
using Amazon.ECS.Model;
using AWSSDK.Tests.Support;
using Slipway.Deployment.Aws;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Raw;

internal sealed class RawJsonTests
{
    private const string Document =
        "{ \"family\":\"f\",\n\t\"fieldOfTomorrow\" : {\"a\":1.50,\"b\":1e3,\"c\":12345678901234567890,\"d\":null,\"e\":\"\\u00fc/ü\"},\"family\":\"f\" }";

    private const string Response =
        """{"taskDefinition" : {"taskDefinitionArn":"arn:aws:ecs:us-east-1:123456789012:task-definition/f:1","fieldOfTomorrow":1.50}}""";

    [OneTimeSetUp]
    public void Install()
    {
        RawJson.Install();
        RawJson.Install();
    }

    [Test]
    public async Task A_document_is_sent_byte_for_byte_also_with_the_second_attempt()
    {
        await using var server = await StubServer.StartAsync(Answers.Error("ThrottlingException", "Rate exceeded"), Answers.Json(Response));
        using var ecs = Clients.Ecs(server.Url);
        var request = new RegisterTaskDefinitionRequest { Family = "ignored" };
        var exchange = RawJson.Attach(request, Encoding.UTF8.GetBytes(Document));
        var typed = await ecs.RegisterTaskDefinitionAsync(request);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        foreach (var received in server.Requests)
        {
            Assert.That(received.Body, Is.EqualTo(Encoding.UTF8.GetBytes(Document)));
            Assert.That(received.Headers["X-Amz-Target"], Does.EndWith(".RegisterTaskDefinition"));
            Assert.That(received.Headers["Authorization"], Is.EqualTo(SignatureCheck.Expected(received, Clients.SecretKey, "us-east-1", "ecs")));
        }

        Assert.That(exchange.ResponseText, Is.EqualTo(Response));
        Assert.That(typed.TaskDefinition.TaskDefinitionArn, Does.EndWith("/f:1"));
    }

    [Test]
    public async Task An_answer_is_kept_as_it_came_and_the_typed_response_works()
    {
        await using var server = await StubServer.StartAsync(Answers.Json(Response));
        using var ecs = Clients.Ecs(server.Url);
        var request = new DescribeTaskDefinitionRequest { TaskDefinition = "f" };
        var exchange = RawJson.Attach(request);
        var typed = await ecs.DescribeTaskDefinitionAsync(request);
        Assert.That(server.Requests.Single().Text, Is.EqualTo("""{"taskDefinition":"f"}"""));
        Assert.That(exchange.ResponseText, Is.EqualTo(Response));
        Assert.That(typed.TaskDefinition.TaskDefinitionArn, Does.EndWith("/f:1"));
    }

    [Test]
    public async Task An_answer_of_a_megabyte_arrives_whole()
    {
        var body = $$"""{"taskDefinition":{"family":"{{new string('x', 1 << 20)}}" } }""";
        await using var server = await StubServer.StartAsync(Answers.Json(body));
        using var ecs = Clients.Ecs(server.Url);
        var request = new DescribeTaskDefinitionRequest();
        var exchange = RawJson.Attach(request);
        var typed = await ecs.DescribeTaskDefinitionAsync(request);
        Assert.That(exchange.ResponseText, Is.EqualTo(body));
        Assert.That(typed.TaskDefinition.Family, Has.Length.EqualTo(1 << 20));
    }

    [Test]
    public async Task A_refusal_is_the_typed_exception_and_keeps_nothing()
    {
        await using var server = await StubServer.StartAsync(Answers.Error("ClientException", "Container.image contains invalid characters."));
        using var ecs = Clients.Ecs(server.Url);
        var request = new RegisterTaskDefinitionRequest();
        var exchange = RawJson.Attach(request, Encoding.UTF8.GetBytes(Document));
        var error = (await Assert.ThrowsAsync<ClientException>(() => ecs.RegisterTaskDefinitionAsync(request)))!;
        Assert.That(error.Message, Is.EqualTo("Container.image contains invalid characters."));
        Assert.That(() => exchange.ResponseBody, Throws.InvalidOperationException.With.Message.Contains("RawJson.Install()"));
    }

    [Test]
    public async Task A_request_without_an_attachment_is_untouched()
    {
        await using var server = await StubServer.StartAsync(Answers.Json(Response));
        using var ecs = Clients.Ecs(server.Url);
        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest { Family = "f" });
        Assert.That(server.Requests.Single().Text, Is.EqualTo("""{"family":"f"}"""));
    }
}
