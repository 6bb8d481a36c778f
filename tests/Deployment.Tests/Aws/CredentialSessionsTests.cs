using Amazon.Runtime;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>Which of the SDK's credentials end within a run. Changes the process's environment, so nothing may run beside it.</summary>
[NonParallelizable]
public sealed class CredentialSessionsTests
{
    [Test]
    public void Long_lived_keys_do_not_end() =>
        Assert.That(CredentialSessions.Of(new BasicAWSCredentials("AKIA", "secret"), null, _ => "2026-03-01T12:00:00Z"), Is.Null);

    [Test]
    public void What_the_SDK_renews_does_not_end() =>
        Assert.That(CredentialSessions.Of(new Renewed(), "token", _ => "2026-03-01T12:00:00Z"), Is.Null);

    [Test]
    public void The_session_of_a_profile_does_not_tell_its_end_and_the_variable_is_not_about_it() =>
        Assert.That(
            CredentialSessions.Of(new SessionAWSCredentials("ASIA", "secret", "token"), "token", _ => "2026-03-01T12:00:00Z"),
            Is.EqualTo(new CredentialSession(null)));

    [TestCase("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z")]
    [TestCase("2026-03-01T13:00:00+01:00", "2026-03-01T12:00:00Z")]
    [TestCase("soon", null)]
    [TestCase(null, null)]
    public void A_session_in_the_environment_ends_when_its_variable_says_so(string? written, string? end)
    {
        string[] names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
        var before = names.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        try
        {
            foreach (var name in names) Environment.SetEnvironmentVariable(name, "ASIA");
            var session = CredentialSessions.Of(new EnvironmentVariablesAWSCredentials(), "ASIA", name => name == "AWS_CREDENTIAL_EXPIRATION" ? written : null);

            Assert.That(session, Is.EqualTo(new CredentialSession(end is null ? null : DateTimeOffset.Parse(end))));
        }
        finally
        {
            foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
        }
    }

    private sealed class Renewed : RefreshingAWSCredentials;
}
