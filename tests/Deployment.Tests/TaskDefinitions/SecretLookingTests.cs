using Slipway.Deployment.TaskDefinitions;

namespace Slipway.Deployment.Tests.TaskDefinitions;

public sealed class SecretLookingTests
{
    [TestCase("DB_PASSWORD")]
    [TestCase("dbPassword")]
    [TestCase("db-password")]
    [TestCase("PASSWORD")]
    [TestCase("API_KEY")]
    [TestCase("apiKey")]
    [TestCase("AWS_SECRET_ACCESS_KEY")]
    [TestCase("CLIENT_SECRET")]
    [TestCase("splunk-token")]
    [TestCase("GITHUB_TOKEN")]
    [TestCase("SENTRY_DSN")]
    public void A_name_with_a_secret_word_is_hidden(string name) => Assert.That(SecretLooking.Name(name), Is.True);

    [TestCase("KEYBOARD")]
    [TestCase("TOKENIZER_MODEL")]
    [TestCase("ASPNETCORE_ENVIRONMENT")]
    [TestCase("PUBLIC_KEY")]
    [TestCase("KEY_ID")]
    [TestCase("SECRET_NAME")]
    [TestCase("TOKEN_URL")]
    [TestCase("PASSENGER_COUNT")]
    [TestCase("LEVEL")]
    [TestCase("")]
    [TestCase("___")]
    public void A_harmless_name_is_shown(string name) => Assert.That(SecretLooking.Name(name), Is.False);

    [TestCase("-----BEGIN RSA PRIVATE KEY-----\nMIIE")]
    [TestCase("AKIAIOSFODNN7EXAMPLE")]
    [TestCase("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")]
    [TestCase("postgres://app:hunter2@db.internal:5432/app")]
    [TestCase("https://user:pass@example.com/")]
    [TestCase("Host=db;Username=app;Password=hunter2")]
    [TestCase("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    public void A_value_in_the_form_of_a_secret_is_hidden(string value) => Assert.That(SecretLooking.Value(value), Is.True);

    [TestCase("Production")]
    [TestCase("https://example.com/path?next=a:b@c")]
    [TestCase("http://127.0.0.1:8000/")]
    [TestCase("a=b")]
    [TestCase("Host=db;Username=app")]
    [TestCase("arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf")]
    [TestCase("")]
    public void An_ordinary_value_is_shown(string value) => Assert.That(SecretLooking.Value(value), Is.False);
}
