using System.Net;
using System.Security.Authentication;
using Amazon.Runtime;
using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

public sealed class NetworkErrorsTests : AwsStubFixture
{
    private static readonly AwsOperation Update = new("ecs:UpdateService", "update", "service", "web");
    private static readonly AwsErrors Cloud = new("us-east-1", null);

    [Test]
    public void A_certificate_that_is_not_trusted_is_told_with_the_store_of_authorities()
    {
        var failure = Translate(new HttpRequestException(
            "The SSL connection could not be established, see inner exception.",
            new AuthenticationException("The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot")));

        Assert.That(failure.Message, Is.EqualTo("failed to update service 'web': no TLS connection: The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot"));
        Assert.That(failure.Remedy, Does.Contain("SSL_CERT_FILE").And.Contain("clock"));
    }

    [TestCase(HttpStatusCode.ProxyAuthenticationRequired, "(status 407)", "user and password in HTTPS_PROXY")]
    [TestCase(HttpStatusCode.Forbidden, "(status 403)", "NO_PROXY")]
    [TestCase(null, "through.", "NO_PROXY")]
    public void A_proxy_that_refuses_is_told_without_its_address(HttpStatusCode? status, string words, string remedy)
    {
        var failure = Translate(new HttpRequestException(
            HttpRequestError.ProxyTunnelError, "The proxy tunnel request to proxy 'http://me:hidden@proxy/' failed.", statusCode: status));

        Assert.That(failure.Message, Does.Contain("the proxy does not let the call through").And.Contain(words).And.Not.Contain("hidden"));
        Assert.That(failure.Remedy, Does.Contain(remedy));
    }

    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.Found)]
    [TestCase(HttpStatusCode.NotFound)]
    public void An_answer_without_an_error_of_AWS_came_from_something_else(HttpStatusCode status)
    {
        var failure = Translate(new AmazonServiceException("see inner", null, status));

        Assert.That(failure.Message, Does.Contain($"an answer of status {(int)status} without an error of AWS came back"));
        Assert.That(failure.Remedy, Does.Contain("HTTPS_PROXY").And.Contain("AWS_ENDPOINT_URL"));
    }

    [TestCase(200, "a web page came back")]
    [TestCase(403, "an answer of status 403 without an error of AWS came back")]
    [TestCase(407, "the proxy does not let the call through (status 407)")]
    public async Task A_page_in_place_of_an_answer_is_told_as_such_and_asked_for_once(int status, string words)
    {
        Stub.On("DescribeServices", _ => (status, "<html><title>Sign in to the network</title></html>"));

        var failure = await Assert.ThrowsAsync<SlipwayException>(
            () => new EcsServiceDeployer(Connection, TimeProvider.System).FindServiceAsync("parrot", "web", CancellationToken.None));

        Assert.That(failure!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(failure.Message, Does.Contain(words).And.Not.Contain("Sign in"));
        Assert.That(Stub.Operations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_page_in_place_of_the_callers_identity_is_told_as_such()
    {
        Stub.On("GetCallerIdentity", "<html><title>Sign in to the network</title></html>");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => new StsCallerIdentity(Connection, TimeProvider.System).GetAsync(CancellationToken.None));

        Assert.That(failure!.Message, Is.EqualTo("failed to get caller identity 'sts': the answer holds no account."));
        Assert.That(failure.Remedy, Does.Contain("a proxy's page"));
    }

    private static SlipwayException Translate(Exception error) => (SlipwayException)Cloud.Translate(Update, error);
}
