using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>Rollouts while AWS throttles, fails, lags behind or lacks what a newer ECS has.</summary>
[TestFixture]
internal sealed class TroubledApiTests : RolloutFixture
{
    private static readonly string[] Reads =
        ["ecs:DescribeServices", "ecs:DescribeServiceDeployments", "ecs:ListServiceDeployments", "ecs:ListTasks", "ecs:DescribeTasks"];

    [TestCase("TEST_VERSION=good", 0, "succeeded", "running")]
    [TestCase("TEST_EXIT_CODE=22", 6, "failed", "22")]
    public async Task Throttling_server_errors_and_resets_do_not_change_the_verdict(string variable, int exitCode, string verdict, string named)
    {
        var service = $"troubled-{verdict}";
        var faults = $"[{Fault("throttle", 50)},{Fault("error500", 30)},{Fault("reset", 20)}]";
        var deploy = await WhileWaitingAsync(service, () => Rollouts.Cloud.PlayAsync(faults), variable);
        deploy.MustEnd(exitCode, verdict, named);
    }

    [Test]
    public async Task Cut_answers_and_stale_reads_do_not_change_the_verdict()
    {
        await Rollouts.Ecs.CreateServiceAsync("stale");
        await Rollouts.Cloud.PlayAsync(
            """[{ "operations": ["ecs:*"], "kind": "stale", "delayMs": 4000 }, { "operations": ["ecs:DescribeTasks"], "kind": "malformed", "count": 1 }]""");
        var deploy = await Rollouts.DeployAsync("stale", "--env=TEST_VERSION=stale");
        await Rollouts.Ecs.DeleteServiceAsync("stale");

        deploy.MustEnd(0, "succeeded");
    }

    [Test]
    public async Task An_endpoint_without_service_deployments_is_followed_by_deployment_id()
    {
        await Rollouts.Ecs.CreateServiceAsync("old");
        await Rollouts.Cloud.PlayAsync("""[{ "operations": ["ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"], "kind": "unknown" }]""");
        var good = await Rollouts.DeployAsync("old", "--env=TEST_VERSION=old");
        var bad = await Rollouts.DeployAsync("old", "--env=TEST_EXIT_CODE=23");
        await Rollouts.Ecs.DeleteServiceAsync("old");

        good.MustEnd(0, "succeeded");
        bad.MustEnd(6, "failed", "23");
    }

    [Test]
    public async Task No_right_to_the_registrys_login_stops_before_anything_is_deployed()
    {
        await Rollouts.Cloud.PlayAsync(
            """[{ "operations": ["ecr:GetAuthorizationToken"], "kind": "deny", "reason": "because no permissions boundary allows the ecr:GetAuthorizationToken action" }]""");
        var deploy = await Rollouts.DeployAsync(RolloutCheckout.FirstService, "--env=TEST_VERSION=denied");

        Assert.That(deploy.Run.ExitCode, Is.EqualTo(3), deploy.Run.ToString());
        Assert.That(deploy.Run.Output, Does.Contain("ecr:GetAuthorizationToken").And.Contain("permissions boundary"));
        Assert.That(deploy.Verdict, Is.Null);
    }

    private static string Fault(string kind, int percent) => System.Text.Json.JsonSerializer.Serialize(new { operations = Reads, kind, percent, seed = 4 });
}
