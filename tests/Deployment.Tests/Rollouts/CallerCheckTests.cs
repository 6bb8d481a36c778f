using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts;

public sealed class CallerCheckTests
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMinutes(20);

    [Test]
    public async Task Credentials_that_last_or_are_renewed_are_no_news()
    {
        Assert.That(await WarningsAsync(null), Is.Empty);
        Assert.That(await WarningsAsync(new CredentialSession(Noon + Allowed)), Is.Empty);
    }

    [Test]
    public async Task Credentials_that_end_before_the_timeout_are_said_with_their_end_and_a_remedy()
    {
        var warning = (await WarningsAsync(new CredentialSession(Noon.AddMinutes(14)))).Single();

        Assert.That(warning, Does.Contain("end at 12:14:00 UTC, in 14 min").And.Contain("allow for 20m").And.Contain("Try: ").And.Contain("--timeout"));
    }

    [Test]
    public async Task Credentials_that_have_ended_are_refused()
    {
        var refusal = await Assert.ThrowsAsync<SlipwayException>(() => WarningsAsync(new CredentialSession(Noon)));

        Assert.That(refusal!.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(refusal.Message, Is.EqualTo("The credentials ended at 2026-03-01 12:00:00 UTC."));
        Assert.That(refusal.Remedy, Does.Contain("aws sso login"));
    }

    [TestCase(59, 0)]
    [TestCase(60, 1)]
    public async Task Temporary_credentials_of_unknown_end_are_said_where_the_timeouts_allow_for_more_than_a_usual_session(int minutes, int warnings) =>
        Assert.That(await WarningsAsync(new CredentialSession(null), TimeSpan.FromMinutes(minutes)), Has.Count.EqualTo(warnings));

    private static async Task<IReadOnlyList<string>> WarningsAsync(CredentialSession? session, TimeSpan? allowed = null)
    {
        var report = new RecordingReport();
        var check = new CallerCheck(TestSettings.Local, new FakeIdentity { Session = session }, report, new FakeTimeProvider(Noon));
        await check.CheckAsync(allowed ?? Allowed, CancellationToken.None);
        return [.. report.Entries.Where(entry => entry.StartsWith("warning: ", StringComparison.Ordinal))];
    }
}
