using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Protocol;

internal sealed class SignatureTests : CloudFixture
{
    private SignedClient With(Signing sign) => new(Cloud.Http) { Sign = sign };

    [Test]
    public async Task A_right_signature_is_accepted()
    {
        var answer = await Signed.CallAsync("ecr", "DescribeRepositories");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(Guid.TryParse(answer.Headers.GetValues("x-amzn-RequestId").Single(), out _), Is.True);
    }

    [Test]
    public async Task A_right_signature_over_a_stated_body_hash_is_accepted() =>
        Assert.That((await With(new Signing { SendsBodyHash = true }).CallAsync("ecr", "DescribeRepositories")).Status, Is.EqualTo(200));

    [Test]
    public async Task An_unsigned_payload_is_accepted_where_the_client_says_so() => Assert.That(
        (await With(new Signing { SendsBodyHash = true, BodyHash = "UNSIGNED-PAYLOAD" }).CallAsync("ecr", "DescribeRepositories")).Status, Is.EqualTo(200));

    [Test]
    public async Task A_wrong_secret_is_refused()
    {
        var answer = await With(new Signing { Secret = "another" }).CallAsync("ecr", "DescribeRepositories");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "InvalidSignatureException")));
        Assert.That(answer.Message, Does.StartWith("The request signature we calculated does not match the signature you provided."));
        Assert.That(answer.Text, Does.Not.Contain("is-not-a-secret"));
    }

    [Test]
    public async Task An_unknown_key_is_refused()
    {
        var answer = await With(new Signing { Key = "AKIAIOSFODNN7EXAMPLE" }).CallAsync("ecr", "DescribeRepositories");
        Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((400, "UnrecognizedClientException", "The security token included in the request is invalid.")));
    }

    [Test]
    public async Task A_foreign_session_token_is_refused() => Assert.That(
        (await With(new Signing { SessionToken = "left over from another account" }).CallAsync("ecr", "DescribeRepositories")).Code, Is.EqualTo("UnrecognizedClientException"));

    [Test]
    public async Task Another_region_is_refused_with_the_region_that_is_right()
    {
        var answer = await With(new Signing { Region = "eu-west-1" }).CallAsync("ecr", "DescribeRepositories");
        Assert.That(answer.Code, Is.EqualTo("InvalidSignatureException"));
        Assert.That(answer.Message, Does.Contain("not 'eu-west-1'").And.Contain("us-east-1"));
    }

    [Test]
    public async Task A_scope_of_another_service_is_refused() => Assert.That(
        (await With(new Signing { Service = "ecs" }).CallAsync("ecr", "DescribeRepositories")).Message, Is.EqualTo("Credential should be scoped to correct service: 'ecr'."));

    [TestCase(-16, "Signature expired: ")]
    [TestCase(16, "Signature not yet current: ")]
    public async Task A_clock_that_is_off_by_more_than_15_minutes_is_refused(int minutes, string message)
    {
        var answer = await With(new Signing { At = TimeProvider.System.GetUtcNow().AddMinutes(minutes) }).CallAsync("ecr", "DescribeRepositories");
        Assert.That(answer.Code, Is.EqualTo("InvalidSignatureException"));
        Assert.That(answer.Message, Does.StartWith(message));
    }

    [TestCase(-14)]
    [TestCase(14)]
    public async Task A_clock_that_is_off_by_less_is_accepted(int minutes) => Assert.That(
        (await With(new Signing { At = TimeProvider.System.GetUtcNow().AddMinutes(minutes) }).CallAsync("ecr", "DescribeRepositories")).Status, Is.EqualTo(200));

    [Test]
    public async Task A_body_altered_on_the_way_is_refused()
    {
        using var handler = new AlteringHandler { InnerHandler = new HttpClientHandler() };
        using var client = new HttpClient(handler) { BaseAddress = Cloud.Http.BaseAddress };
        var answer = await new SignedClient(client).CallAsync("ecr", "DescribeRepositories", new JsonObject { ["maxResults"] = 1 });
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "InvalidSignatureException")));
    }

    [Test]
    public async Task A_body_that_differs_from_its_stated_hash_is_refused()
    {
        var answer = await With(new Signing { SendsBodyHash = true, BodyHash = new string('0', 64) }).CallAsync("ecr", "DescribeRepositories");
        Assert.That((answer.Code, answer.Message), Is.EqualTo(("InvalidSignatureException", "The value of the header 'x-amz-content-sha256' does not match the SHA-256 of the body.")));
    }

    [TestCase("", 400, "MissingAuthenticationTokenException")]
    [TestCase("Bearer abc", 400, "IncompleteSignatureException")]
    [TestCase("AWS4-HMAC-SHA256 ", 400, "IncompleteSignatureException")]
    [TestCase("AWS4-HMAC-SHA256 Credential=A/B, SignedHeaders=host, Signature=0", 400, "IncompleteSignatureException")]
    [TestCase("AWS4-HMAC-SHA256 Credential=LOCALCLOUDACCESSKEY1/20260101/us-east-1/ecr/aws4_request, SignedHeaders=, Signature=", 400, "IncompleteSignatureException")]
    [TestCase("AWS4-HMAC-SHA256 Credential=LOCALCLOUDACCESSKEY1/20260101/us-east-1/ecr/aws4_request, SignedHeaders=host, Signature=0", 400, "IncompleteSignatureException")]
    public async Task A_header_without_what_it_needs_is_refused(string header, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) };
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories");
        if (header.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await Cloud.Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(((int)response.StatusCode, answer["__type"]!.GetValue<string>()), Is.EqualTo((status, code)));
    }

    private sealed class AlteringHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var type = request.Content!.Headers.ContentType;
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"maxResults\":2}"));
            request.Content.Headers.ContentType = type;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
