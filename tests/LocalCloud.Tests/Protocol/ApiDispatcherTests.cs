using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Protocol;

internal sealed class ApiDispatcherTests : CloudFixture
{
    private const string Describe = "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories";

    [Test]
    public async Task An_operation_that_is_not_offered_is_refused_with_those_that_are()
    {
        var answer = await Signed.CallAsync("ecr", "StartImageScan");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "UnknownOperationException")));
        Assert.That(answer.Message, Does.Contain("'StartImageScan'").And.Contain("DescribeRepositories"));
    }

    [TestCase("")]
    [TestCase("DynamoDB_20120810.ListTables")]
    [TestCase(".")]
    [TestCase("AmazonEC2ContainerRegistry_V20150921")]
    public async Task A_service_that_is_not_offered_is_refused_with_those_that_are(string target)
    {
        var answer = await Signed.SendAsync("ecr", target, "{}"u8.ToArray());
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "UnknownOperationException")));
        Assert.That(answer.Message, Does.Contain("ECS, ECR, CloudWatch Logs"));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("7")]
    [TestCase("null")]
    [TestCase("{\"maxResults\":1,\"maxResults\":2}")]
    [TestCase("{\"maxResults\":\"1\"}")]
    [TestCase("{\"maxResults\":1.5}")]
    [TestCase("{\"maxResults\":99999999999}")]
    [TestCase("{\"repositoryNames\":\"a\"}")]
    [TestCase("{\"repositoryNames\":[7]}")]
    [TestCase("\u0000")]
    public async Task A_body_of_another_form_is_refused(string body)
    {
        var answer = await Signed.SendAsync("ecr", Describe, Encoding.UTF8.GetBytes(body));
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "SerializationException")), answer.Text);
        Assert.That(answer.Message, Is.Not.Empty);
    }

    [Test]
    public async Task A_body_that_is_nested_too_deep_is_refused()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
        Assert.That((await Signed.SendAsync("ecr", Describe, Encoding.UTF8.GetBytes(body))).Code, Is.EqualTo("SerializationException"));
    }

    [Test]
    public async Task No_body_is_an_empty_input() =>
        Assert.That((await Signed.SendAsync("ecr", Describe, [])).Status, Is.EqualTo(200));

    [Test]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var answer = await Signed.SendAsync("ecr", Describe, new byte[ApiDispatcher.MostBytes + 1]);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((413, "RequestEntityTooLargeException")));
    }

    [Test]
    public async Task A_body_without_a_length_is_bounded_too()
    {
        using var content = new EndlessContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        int? status = null;
        try
        {
            using var response = await Cloud.Http.SendAsync(request);
            status = (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server closes while the client still writes; the answer may be lost to that.
        }

        Assert.That(status, Is.EqualTo(413).Or.Null);
        Assert.That(content.Sent, Is.LessThan(100L * 1024 * 1024));
    }

    [Test]
    public async Task A_missing_member_is_named() => Assert.That(
        (await Signed.CallAsync("logs", "CreateLogGroup")).Message,
        Is.EqualTo("1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null"));

    [Test]
    public async Task Every_wrong_member_is_named()
    {
        var answer = await Signed.CallAsync("logs", "CreateLogStream", new JsonObject { ["logGroupName"] = "a b", ["logStreamName"] = "x:y" });
        Assert.That(answer.Code, Is.EqualTo("InvalidParameterException"));
        Assert.That(answer.Message, Does.StartWith("2 validation errors detected: Value 'a b' at 'logGroupName'").And.Contain("'x:y' at 'logStreamName'"));
    }

    [Test]
    public async Task Ecr_words_a_wrong_member_its_own_way() => Assert.That(
        (await Signed.CallAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = "../../etc" })).Message,
        Does.StartWith("Invalid parameter at 'repositoryName' failed to satisfy constraint: 'Member must satisfy regular expression pattern"));

    [Test]
    public async Task A_member_that_nobody_knows_is_ignored() => Assert.That(
        (await Signed.CallAsync("ecr", "DescribeRepositories", new JsonObject { ["fromTheFuture"] = new JsonArray(1, "x") })).Status, Is.EqualTo(200));

    private sealed class EndlessContent : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            for (Sent = 0; Sent < 200L * 1024 * 1024; Sent += chunk.Length) await stream.WriteAsync(chunk);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
