using System.Text.Json;
using Slipway.Deployment.Preflight;

namespace Slipway.Deployment.Tests.Preflight;

public sealed class VerificationPagesTests
{
    private static readonly Verification Found = new("production", "us-east-1", "123456789012",
    [
        CheckNode.Group("Registry", [CheckNode.Ok("login", "a token"), CheckNode.Ng("repository", "It is <missing>\nfor *all*.", "create it")]),
        CheckNode.Group("Network", [CheckNode.Group("subnets", [CheckNode.Skip("subnet-1", "because the service is not known", "allow it")])]),
    ]);

    [Test]
    public void The_page_begins_with_what_is_to_be_corrected() => Assert.That(VerificationMarkdown.Write(Found), Is.EqualTo(
        """
        ## Slipway verify: production, account 123456789012, region us-east-1

        **One check of 3 is NG; one is skipped.**

        ### To correct

        - **NG** repository: It is &#60;missing&#62;<br>for \*all\*.<br>Try: create it

        <details><summary>All checks</summary>

        ### Registry

        - **OK** login: a token
        - **NG** repository: It is &#60;missing&#62;<br>for \*all\*.<br>Try: create it

        ### Network

        - **SKIP** subnets
          - **SKIP** subnet-1: because the service is not known<br>Advice: allow it

        </details>

        """.ReplaceLineEndings("\n")));

    [Test]
    public void The_file_has_the_tree_its_summary_and_the_exit_code()
    {
        using var json = JsonDocument.Parse(VerificationJson.Write(Found));
        var root = json.RootElement;

        Assert.That(root.GetProperty("schema").GetInt32(), Is.EqualTo(1));
        Assert.That(root.GetProperty("exitCode").GetInt32(), Is.EqualTo(3));
        Assert.That(root.GetProperty("environment").GetString(), Is.EqualTo("production"));
        var repository = root.GetProperty("checks")[0].GetProperty("checks")[1];
        Assert.That(
            (repository.GetProperty("name").GetString(), repository.GetProperty("state").GetString(), repository.GetProperty("remedy").GetString()),
            Is.EqualTo(("repository", "NG", "create it")));
        Assert.That(root.GetProperty("checks")[1].GetProperty("checks")[0].GetProperty("checks")[0].GetProperty("state").GetString(), Is.EqualTo("SKIP"));
    }

    [Test]
    public void A_page_of_very_many_checks_stays_within_what_github_takes()
    {
        var many = Enumerable.Range(0, 5000).Select(i => CheckNode.Ng($"check-{i}", new string('x', 100), "try")).ToList();

        var page = VerificationMarkdown.Write(new Verification("production", "us-east-1", null, [CheckNode.Group("Many", many)]));

        Assert.That(page, Has.Length.LessThan(61_000));
        Assert.That(page, Does.Contain("more: verify.json has them all"));
    }

    [TestCase(0, 0, "No check of 2 is NG.")]
    [TestCase(0, 1, "No check of 2 is NG; one is skipped.")]
    [TestCase(2, 0, "2 checks of 2 are NG.")]
    public void The_summary_counts_the_checks_themselves(int ng, int skipped, string expected)
    {
        var nodes = Enumerable.Range(0, 2).Select(i => i < ng ? CheckNode.Ng("x", "x", null) : i < ng + skipped ? CheckNode.Skip("x", "x") : CheckNode.Ok("x", "x")).ToList();

        Assert.That(new Verification("local", "us-east-1", null, [CheckNode.Group("g", nodes)]).Summary, Is.EqualTo(expected));
    }
}
