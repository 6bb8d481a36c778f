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
    [TestCase("expired", 400, "ExpiredTokenException")]
    [TestCase("unknown", 400, "UnknownOperationException")]
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

        Assert.That(services.Message, Does.StartWith("User: arn:aws:iam::123456789012:user/local is not authorized to perform: ecs:DescribeServices on resource: * because"));
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
    [TestCase("""{"operations":["*"],"kind":"fire"}""", "throttle, error500, reset, slow, capacity, deny, malformed, expired, unknown, stale, fail")]
    [TestCase("""{"operations":["*"],"kind":"slow","delayMs":-1}""", "'delayMs'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","count":0}""", "'count'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","times":1}""", "unknown member 'times'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","percent":0}""", "'percent'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","percent":101}""", "'percent'")]
    [TestCase("""{"operations":["*"],"kind":"throttle","seed":-1}""", "'seed'")]
    [TestCase("""{"operations":["task:Start"],"kind":"fail"}""", "'fail' needs it")]
    [TestCase("""{"operations":["task:Start"],"kind":"fail","reason":""}""", "1 to 2000 characters")]
    [TestCase("""{"operations":["task:Start"],"kind":"fail","reason":7}""", "'reason' must be a string")]
    [TestCase("""{"operations":["*"],"kind":"throttle","reason":"because"}""", "no other kind takes it")]
    [TestCase("""{"operations":["*"],"kind":"fail","reason":"no"}""", "'fail' cannot happen to \"*\"")]
    [TestCase("""{"operations":["task:Start"],"kind":"throttle"}""", "'throttle' cannot happen to \"task:Start\"")]
    [TestCase("""{"operations":["ecr:*"],"kind":"stale"}""", "'stale' cannot happen to \"ecr:*\"")]
    public async Task A_fault_of_another_form_is_refused_with_what_is_wrong(string body, string reason)
    {
        using var response = await Cloud.Http.PostAsync("/_local/faults", new StringContent(body, Encoding.UTF8, "application/json"));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!.GetValue<string>();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(error, Does.StartWith("cannot switch on this fault: ").And.Contain(reason));
    }

    [Test]
    public async Task An_answer_is_cut_off_half_way_although_the_operation_was_done()
    {
        await SwitchOnAsync("malformed", "logs:CreateLogGroup");
        await SwitchOnAsync("malformed", "ecr:DescribeRepositories");
        await Signed.CallAsync("logs", "CreateLogGroup", new JsonObject { ["logGroupName"] = "/cut/off" });
        var answer = await Signed.CallAsync("ecr", "DescribeRepositories");
        var groups = await Signed.OkAsync("logs", "DescribeLogGroups", new JsonObject { ["logGroupNamePrefix"] = "/cut/off" });

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(() => JsonNode.Parse(answer.Text), Throws.InstanceOf<System.Text.Json.JsonException>());
        Assert.That(groups["logGroups"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_share_of_the_calls_is_hit_and_the_same_ones_with_the_same_seed()
    {
        async Task<string> PatternAsync()
        {
            await ReplaceAsync("""
                [
                  { "operations": ["ecr:DescribeRepositories"], "kind": "throttle", "percent": 50, "seed": 1 },
                  { "operations": ["ecr:DescribeRepositories"], "kind": "error500", "percent": 30, "seed": 2 }
                ]
                """);
            var codes = new List<int>();
            for (var i = 0; i < 40; i++) codes.Add((await Signed.CallAsync("ecr", "DescribeRepositories")).Status);
            return string.Join(' ', codes);
        }

        var first = await PatternAsync();
        Assert.That(await PatternAsync(), Is.EqualTo(first));
        Assert.That(first, Does.Contain("200").And.Contain("400").And.Contain("500"));
    }

    [Test]
    public async Task A_list_takes_the_place_of_what_was_switched_on_unless_one_of_it_is_wrong()
    {
        await SwitchOnAsync("throttle", "ecr:ListImages", null);
        var refused = await ReplaceAsync("""[{ "operations": ["*"], "kind": "slow" }, { "operations": ["*"], "kind": "fire" }]""");
        var kept = await Cloud.Http.GetStringAsync("/_local/faults");
        var replaced = await ReplaceAsync("""[{ "operations": ["ecs:ListServices"], "kind": "slow" }]""");
        var after = await Cloud.Http.GetStringAsync("/_local/faults");

        Assert.That((refused, replaced), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.OK)));
        Assert.That(kept, Does.Contain("ecr:ListImages").And.Not.Contain("slow"));
        Assert.That(after, Does.Contain("ecs:ListServices").And.Not.Contain("ecr:ListImages"));
    }

    private async Task<HttpStatusCode> ReplaceAsync(string faults)
    {
        using var response = await Cloud.Http.PutAsync("/_local/faults", new StringContent(faults, Encoding.UTF8, "application/json"));
        return response.StatusCode;
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
