using System.Text.Json;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>What is found before anything is changed, on the account that the embedded cloud begins with.</summary>
[TestFixture]
internal sealed class VerifyTests
{
    private Checkout _checkout = null!;
    private LocalCloudControl _cloud = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _checkout = Checkout.Create();
        _checkout.LeaveOutTests();
        var run = await _checkout.RunAsync("--target=LocalUp");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        _cloud = new LocalCloudControl(_checkout.Port);
    }

    [OneTimeTearDown]
    public async Task DeleteAsync()
    {
        _cloud?.Dispose();
        await _checkout.DisposeAsync();
    }

    [TearDown]
    public Task ClearFaultsAsync() => _cloud.PlayNothingAsync();

    [Test]
    public async Task On_the_seeded_account_everything_is_ok_or_skipped()
    {
        await _cloud.ForgetCallsAsync();

        var run = await _checkout.RunAsync("--target=Verify");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(Leaves().Select(leaf => leaf.State), Has.None.EqualTo("NG"));
        foreach (var name in new[] { "caller", "ecr:GetAuthorizationToken", "repository", "cluster", "service", "controller", "port", "size", "/ecs/stream-ml-service" })
            Assert.That(Leaves().Single(leaf => leaf.Name == name).State, Is.EqualTo("OK"), name);
        Assert.That(run.Output, Does.Match(@"No check of \d+ is NG"));
        Assert.That((await _cloud.CallsAsync()).Where(LocalCloudControl.IsWrite), Is.Empty, "a verification reads only");
    }

    [TestCase("--cluster=elsewhere", "cluster", "Cluster 'elsewhere' does not exist in region us-east-1.")]
    [TestCase("--service=elsewhere", "service", "Service 'elsewhere' does not exist in cluster 'emotional-parrot', region us-east-1.")]
    [TestCase("--repository=elsewhere", "repository", "'elsewhere'")]
    [TestCase("--task-definition=elsewhere:7", "source", "The task definition 'elsewhere:7' does not exist in region us-east-1.")]
    public async Task What_is_missing_is_ng_and_the_rest_is_checked_all_the_same(string option, string name, string found)
    {
        var run = await _checkout.RunAsync("--target=Verify", option);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(Leaves().Where(leaf => leaf.State == "NG").Select(leaf => leaf.Name), Is.EqualTo(new[] { name }));
        Assert.That(Leaves().Single(leaf => leaf.Name == name).Found, Does.Contain(found));
        Assert.That(run.Output, Does.Contain("Try: "));
    }

    [Test]
    public async Task A_denied_login_is_ng_with_the_policy_that_denies_it_in_verify_and_before_a_deployment()
    {
        await _cloud.PlayAsync("""[{ "operations": ["ecr:GetAuthorizationToken"], "kind": "deny", "reason": "because no permissions boundary allows the ecr:GetAuthorizationToken action" }]""");

        var verify = await _checkout.RunAsync("--target=Verify");
        var deploy = await _checkout.RunAsync("--target=Deploy");

        Assert.That((verify.ExitCode, deploy.ExitCode), Is.EqualTo((3, 3)));
        const string Words = "The caller lacks ecr:GetAuthorizationToken: the caller's permissions boundary does not allow it.";
        Assert.That(verify.Output, Does.Contain(Words));
        Assert.That(deploy.Output, Does.Contain("Preflight failed").And.Contain(Words).And.Not.Contain("DockerBuild"));
    }

    [Test]
    public async Task A_right_that_only_verify_needs_is_skipped()
    {
        await _cloud.PlayAsync("""[{ "operations": ["ecs:DescribeClusters", "logs:DescribeLogGroups"], "kind": "deny" }]""");

        var run = await _checkout.RunAsync("--target=Verify");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(Leaves().Single(leaf => leaf.Name == "cluster"), Is.EqualTo(("cluster", "SKIP", "because the caller lacks ecs:DescribeClusters")));
    }

    [Test]
    public async Task Before_a_deployment_everything_that_is_wrong_is_told_at_once_and_no_step_begins()
    {
        var run = await _checkout.RunAsync("--target=Deploy", "--service=elsewhere", "--repository=nowhere");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("2 things are not as a deployment needs them").And.Contain("'elsewhere'").And.Contain("'nowhere'"));
        Assert.That(run.Output, Does.Not.Match(@"(?m)^Test$"));
    }

    [Test]
    public async Task Refused_settings_are_shown_as_a_tree_too()
    {
        var run = await _checkout.RunAsync("--target=Verify", "--timeout=never");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Output, Does.Match(@"NG\s+--timeout").And.Contain("because settings are refused"));
    }

    [Test]
    public async Task In_a_job_the_tree_is_on_its_summary_page()
    {
        var summary = _checkout.PathOf("summary.md");
        await File.WriteAllTextAsync(summary, "");

        var run = await _checkout.RunAsync(
            new Dictionary<string, string?> { ["GITHUB_STEP_SUMMARY"] = summary, ["GITHUB_ACTIONS"] = "true" }, "--target=Verify", "--environment=local");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(await File.ReadAllTextAsync(summary), Does.StartWith("## Slipway verify: local, account 123456789012, region us-east-1"));
    }

    private List<(string Name, string State, string? Found)> Leaves()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(_checkout.PathOf("artifacts", "verify", "local", "verify.json")));
        return [.. Walk(json.RootElement.GetProperty("checks"))];

        static IEnumerable<(string, string, string?)> Walk(JsonElement checks)
        {
            foreach (var check in checks.EnumerateArray())
            {
                var children = check.GetProperty("checks");
                if (children.GetArrayLength() == 0)
                    yield return (check.GetProperty("name").GetString()!, check.GetProperty("state").GetString()!, check.GetProperty("found").GetString());
                foreach (var child in Walk(children)) yield return child;
            }
        }
    }
}
