using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Tests.Reporting;

public sealed class EnvironmentSecretsTests
{
    [TestCase("AWS_SECRET_ACCESS_KEY", "abc\n", "abc")]
    [TestCase("AWS_SESSION_TOKEN", "abc", "abc")]
    [TestCase("AWS_SESSION_TOKEN", " ", "")]
    [TestCase("AWS_REGION", "us-east-1", "")]
    [TestCase("HTTPS_PROXY", "http://user:pass@proxy:3128", "pass")]
    [TestCase("https_proxy", "http://user:p%23ss@proxy:3128", "p%23ss p#ss")]
    [TestCase("HTTP_PROXY", "http://user@proxy:3128", "")]
    [TestCase("HTTP_PROXY", "proxy:3128", "")]
    public void A_secret_is_found_by_its_variable(string variable, string value, string secrets) =>
        Assert.That(string.Join(' ', EnvironmentSecrets.Find(name => name == variable ? value : null)), Is.EqualTo(secrets));
}
