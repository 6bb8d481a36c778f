using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Registry;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Hosting;

internal sealed class FaultTests : RegistryFixture
{
    [SetUp]
    [TearDown]
    public async Task ClearAsync()
    {
        using var response = await Cloud.Http.DeleteAsync("/_local/faults");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    private async Task SwitchOnAsync(string kind, string operation, int? count = 1, int? delayMs = null)
    {
        var fault = new JsonObject { ["operations"] = new JsonArray(operation), ["kind"] = kind, ["count"] = count };
        if (delayMs is not null) fault["delayMs"] = delayMs;
        using var response = await Cloud.Http.PostAsJsonAsync("/_local/faults", fault);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
    }

    [TestCase("throttle", 400, "ThrottlingException")]
    [TestCase("error500", 500, "ServerException")]
    [TestCase("deny", 400, "AccessDeniedException")]
    public async Task An_operation_fails_as_often_as_was_said(string kind, int status, string code)
    {
        await SwitchOnAsync(kind, "ecr:DescribeRepositories", 2);
        for (var i = 0; i < 2; i++)
        {
            var answer = await Signed.CallAsync("ecr", "DescribeRepositories");
            Assert.That((answer.Status, answer.Code), Is.EqualTo((status, code)));
        }

        Assert.That((await Signed.CallAsync("ecr", "DescribeRepositories")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Only_the_named_operation_fails()
    {
        await SwitchOnAsync("throttle", "ecr:ListImages");
        Assert.That((await Signed.CallAsync("ecr", "DescribeRepositories")).Status, Is.EqualTo(200));
        Assert.That((await Signed.CallAsync("ecr", "ListImages", new JsonObject { ["repositoryName"] = "stream-ml-service" })).Code, Is.EqualTo("ThrottlingException"));
    }

    [Test]
    public async Task A_connection_is_reset()
    {
        await SwitchOnAsync("reset", "logs:*", null);
        await Assert.ThrowsAsync<HttpRequestException>(() => Signed.CallAsync("logs", "DescribeLogGroups"));
        await ClearAsync();
        Assert.That((await Signed.CallAsync("logs", "DescribeLogGroups")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_slow_call_succeeds_in_the_end()
    {
        await SwitchOnAsync("slow", "*", 1, 20);
        Assert.That((await Signed.CallAsync("logs", "DescribeLogGroups")).Status, Is.EqualTo(200));
        Assert.That(await Cloud.Http.GetStringAsync("/_local/faults"), Is.EqualTo("[]"));
    }

    [Test]
    public async Task The_registry_fails_in_its_own_words()
    {
        await SwitchOnAsync("throttle", "registry:GetManifest");
        await SwitchOnAsync("error500", "registry:PutBlob");
        var client = new RegistryClient(Http, "stream-ml-service");
        using var throttled = await client.GetAsync("manifests/v1");
        using var failed = await Http.PostAsync("/v2/stream-ml-service/blobs/uploads/", null);
        Assert.That((throttled.StatusCode, await RegistryClient.ErrorAsync(throttled)), Is.EqualTo((HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS")));
        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [Test]
    public async Task Sts_fails_in_its_own_words()
    {
        await SwitchOnAsync("throttle", "sts:GetCallerIdentity");
        var answer = await Signed.SendAsync("sts", "", "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray(), "application/x-www-form-urlencoded");
        Assert.That(answer.Text, Does.Contain("<Code>Throttling</Code>"));
    }

    [Test]
    public async Task A_denied_call_is_answered_in_the_words_of_iam()
    {
        await SwitchOnAsync("deny", "ecs:DescribeServices");
        await SwitchOnAsync("deny", "sts:GetCallerIdentity");
        await SwitchOnAsync("deny", "registry:GetManifest");
        var services = await Signed.CallAsync("ecs", "DescribeServices", new JsonObject { ["services"] = new JsonArray("a") });
        var caller = await Signed.SendAsync("sts", "", "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray(), "application/x-www-form-urlencoded");
        using var manifest = await new RegistryClient(Http, "stream-ml-service").GetAsync("manifests/v1");

        Assert.That(services.Message, Does.StartWith("User: arn:aws:iam::123456789012:user/local is not authorized to perform: ecs:DescribeServices because"));
        Assert.That((caller.Status, caller.Text.Contains("<Code>AccessDenied</Code>", StringComparison.Ordinal)), Is.EqualTo((403, true)));
        Assert.That((manifest.StatusCode, await RegistryClient.ErrorAsync(manifest)), Is.EqualTo((HttpStatusCode.Forbidden, "DENIED")));
    }

    [Test]
    public async Task Every_call_is_written_down_until_the_list_is_cleared()
    {
        using (await Cloud.Http.DeleteAsync("/_local/calls"))
        {
            await SwitchOnAsync("throttle", "ecr:DescribeRepositories");
            await Signed.CallAsync("ecr", "DescribeRepositories");
            using var manifest = await new RegistryClient(Http, "stream-ml-service").GetAsync("manifests/v1");
        }

        Assert.That(await Cloud.Http.GetStringAsync("/_local/calls"), Is.EqualTo("""["ecr:DescribeRepositories","registry:GetManifest"]"""));
        using (await Cloud.Http.DeleteAsync("/_local/calls")) Assert.That(await Cloud.Http.GetStringAsync("/_local/calls"), Is.EqualTo("[]"));
    }

    [Test]
    public async Task What_is_switched_on_is_listed()
    {
        await SwitchOnAsync("throttle", "ecs:DescribeServices", 3);
        var fault = JsonNode.Parse(await Cloud.Http.GetStringAsync("/_local/faults"))![0]!;
        Assert.That((fault["kind"]!.GetValue<string>(), fault["count"]!.GetValue<int>(), fault["operations"]![0]!.GetValue<string>()), Is.EqualTo(("throttle", 3, "ecs:DescribeServices")));
    }

    [TestCase("", "JSON")]
    [TestCase("[]", "JSON object")]
    [TestCase("{}", "'operations'")]
    [TestCase("""{"operations":[],"kind":"throttle"}""", "'operations'")]
    [TestCase("""{"operations":["DescribeServices"],"kind":"throttle"}""", "\"DescribeServices\"")]
    [TestCase("""{"operations":["ec2:*"],"kind":"throttle"}""", "services:")]
    [TestCase("""{"operations":["*"],"kind":"fire"}""", "throttle, error500, reset, slow, capacity, deny")]
    [TestCase("""{"operations":["*"],"kind":"slow","delayMs":-1}""", "'delayMs'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","count":0}""", "'count'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","times":1}""", "unknown member 'times'")]
    public async Task A_fault_of_another_form_is_refused_with_what_is_wrong(string body, string reason)
    {
        using var response = await Cloud.Http.PostAsync("/_local/faults", new StringContent(body, Encoding.UTF8, "application/json"));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!.GetValue<string>();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(error, Does.StartWith("cannot switch on this fault: ").And.Contain(reason));
    }

    [Test]
    public async Task Boto3_retries_through_throttling_a_failure_and_a_reset()
    {
        await SwitchOnAsync("throttle", "ecr:DescribeRepositories");
        await SwitchOnAsync("reset", "ecr:DescribeRepositories");
        var answer = await Aws.BotoAsync("print(json.dumps(len(boto3.client('ecr').describe_repositories()['repositories'])))");
        Assert.That(answer.GetValue<int>(), Is.GreaterThan(0));
    }
}
