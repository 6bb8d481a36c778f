using Slipway.Deployment.Tests.Support;

namespace Slipway.Build.Tests.Output;

[TestFixture]
internal sealed class GitHubEventTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("""{"pull_request":{"head":{"repo":{"full_name":"Someone/slipway"}}}}""", "the fork 'Someone/slipway'")]
    [TestCase("""{"pull_request":{"head":{"repo":null}}}""", "a fork that was deleted since")]
    public void A_forks_pull_request_is_told_in_log_and_summary(string payload, string who)
    {
        using var run = Run("pull_request", payload);

        run.Report.Job!.TellCircumstances(null);

        Assert.That(run.Lines.Single(), Does.StartWith("::notice title=No credentials::This pull request comes from ").And.Contains(who));
        Assert.That(run.Summary, Does.Contain("It is tested only: nothing is planned or deployed."));
    }

    [TestCase("pull_request", """{"pull_request":{"head":{"repo":{"full_name":"Owner/slipway"}}}}""")]
    [TestCase("push", """{"pull_request":{"head":{"repo":{"full_name":"Someone/slipway"}}}}""")]
    [TestCase("pull_request", "{}")]
    [TestCase("pull_request", "broken {")]
    public void Other_events_have_credentials(string name, string payload)
    {
        using var run = Run(name, payload);

        run.Report.Job!.TellCircumstances(null);

        Assert.That(run.Report.Job.Event.WhyWithoutCredentials, Is.Null);
        Assert.That(run.Lines, Is.Empty);
    }

    [Test]
    public void Dependabots_pull_request_has_none()
    {
        using var run = Run("pull_request", "{}", ("GITHUB_ACTOR", "dependabot[bot]"));

        Assert.That(run.Report.Job!.Event.WhyWithoutCredentials, Does.StartWith("This pull request is Dependabot's"));
    }

    private ActionsRun Run(string name, string payload, params (string, string?)[] more) => new(
        [("GITHUB_EVENT_NAME", name), ("GITHUB_EVENT_PATH", _folder.Write("event.json", payload)), ("GITHUB_REPOSITORY", "owner/slipway"), .. more]);
}
