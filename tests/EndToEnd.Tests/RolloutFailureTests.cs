using Amazon.ECS.Model;
using Slipway.EndToEnd.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace Slipway.EndToEnd.Tests;

/// <summary>Real containers that fail, each on a service of its own: the verdict is right, and the cause is named.</summary>
[TestFixture]
internal sealed class RolloutFailureTests : RolloutFixture
{
    private static readonly LoadBalancer FrontDoor = new()
    {
        TargetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/stream-ml-service/4570000000008000",
        ContainerName = "stream-ml-service",
        ContainerPort = 8000,
    };

    private static DeploymentConfiguration BreakerWithoutRollback => new() { DeploymentCircuitBreaker = new DeploymentCircuitBreaker { Enable = true, Rollback = false } };

    [TestCase("crash", "TEST_EXIT_CODE=42", "42")]
    [TestCase("ends", "TEST_EXIT_CODE=0", "exit code 0")]
    [TestCase("memory", "TEST_MEMORY_MIB=600", "memory")]
    [TestCase("unhealthy", "TEST_CONTAINER_HEALTH=bad", "health check")]
    public async Task A_container_that_fails_again_and_again_fails_the_rollout_without_a_circuit_breaker(string service, string variable, string cause)
    {
        await Rollouts.Ecs.CreateServiceAsync(service);
        var deploy = await Rollouts.DeployAsync(service, $"--env={variable}");
        var ends = await Rollouts.Ecs.TaskEndsAsync(service);
        await Rollouts.Ecs.DeleteServiceAsync(service);

        deploy.MustEnd(6, "failed", cause, "Try: ");
        var known = ends.Where(end => end < deploy.EndedAt).ToList();
        TestContext.Out.WriteLine($"verdict {(deploy.EndedAt - known[^1]).TotalSeconds:0.0} s after the end of task {known.Count}");
        Assert.That(known, Has.Count.InRange(1, 4), "three ends are enough, and a fourth may come while the third is read");
    }

    [TestCase("CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref 123456789012.dkr.ecr.us-east-1.amazonaws.com/a:b: not found")]
    [TestCase("ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException")]
    [TestCase("ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ResourceNotFoundException: The specified log group does not exist.")]
    [TestCase("CannotStartContainerError: exec /app/service: exec format error")]
    public async Task What_can_never_start_fails_the_rollout(string reason)
    {
        var service = $"start-{Guid.NewGuid().ToString("N")[..8]}";
        await Rollouts.Ecs.CreateServiceAsync(service);
        await Rollouts.Cloud.PlayAsync($$"""[{ "operations": ["task:Start"], "kind": "fail", "reason": "{{reason}}" }]""");
        var deploy = await Rollouts.DeployAsync(service, $"--env=TEST_VERSION={service}");
        var ends = await Rollouts.Ecs.TaskEndsAsync(service);
        await Rollouts.Ecs.DeleteServiceAsync(service);

        deploy.MustEnd(6, "failed", reason.Split(':')[0], "Try: ");
        Assert.That(ends.Count(end => end < deploy.EndedAt), Is.InRange(1, 3), "nobody waits for a fourth attempt");
    }

    [Test]
    public async Task A_target_that_never_gets_healthy_is_told_with_the_load_balancers_reason()
    {
        await Rollouts.Ecs.CreateServiceAsync("target", service => (service.LoadBalancers, service.HealthCheckGracePeriodSeconds) = ([FrontDoor], 1));
        var deploy = await Rollouts.DeployAsync("target", "--env=TEST_HEALTH_STATUS=503");
        await Rollouts.Ecs.DeleteServiceAsync("target");

        deploy.MustEnd(6, "failed", "[503]");
    }

    [Test]
    public async Task A_circuit_breaker_that_rolls_back_is_no_success_and_the_old_task_answers()
    {
        await using var users = new RequestLoop(new Uri(Rollouts.Checkout.FrontDoor, "health"));
        var deploy = await Rollouts.DeployAsync(RolloutCheckout.FirstService, "--env=TEST_EXIT_CODE=17");
        await users.StopAsync();

        deploy.MustEnd(7, "rolled-back", "17", "circuit breaker");
        Assert.That(users.Failures, Is.Empty);
    }

    [Test]
    public async Task A_circuit_breaker_that_does_not_roll_back_fails_the_rollout()
    {
        await Rollouts.Ecs.CreateServiceAsync("breaker", service => service.DeploymentConfiguration = BreakerWithoutRollback);
        var deploy = await Rollouts.DeployAsync("breaker", "--env=TEST_EXIT_CODE=18");
        await Rollouts.Ecs.DeleteServiceAsync("breaker");

        deploy.MustEnd(6, "failed", "18");
    }

    [Test]
    public async Task What_failed_for_a_reason_outside_comes_up_by_the_same_command_once_that_is_gone()
    {
        await Rollouts.Ecs.CreateServiceAsync("again", service => service.DeploymentConfiguration = BreakerWithoutRollback);
        await Rollouts.Cloud.PlayAsync("""[{ "operations": ["task:Start"], "kind": "fail", "reason": "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException" }]""");
        var first = await Rollouts.DeployAsync("again", "--env=TEST_VERSION=again");
        await Rollouts.Ecs.UntilPrimaryIsAsync("again", "FAILED");
        await Rollouts.Cloud.PlayNothingAsync();
        var plan = await Rollouts.RunAsync("Plan", "again", "--env=TEST_VERSION=again");
        var second = await Rollouts.DeployAsync("again", "--env=TEST_VERSION=again");
        await Rollouts.Ecs.DeleteServiceAsync("again");

        first.MustEnd(6, "failed");
        second.MustEnd(0, "succeeded", "the one before did not come up");
        Assert.That(plan.Run.Output, Does.Contain("a new deployment"));
    }

    [Test]
    public async Task Faults_come_from_a_file_of_the_settings()
    {
        await File.WriteAllTextAsync(
            Rollouts.Checkout.PathOf("infra", "faults.json"),
            """[{ "operations": ["task:Start"], "kind": "capacity", "count": 1 }, { "operations": ["task:Start"], "kind": "slow", "delayMs": 500 }]""");
        await Rollouts.Ecs.CreateServiceAsync("faults");
        var deploy = await Rollouts.DeployAsync("faults", "--env=TEST_VERSION=faults", "--local-cloud-faults=infra/faults.json");
        await Rollouts.Ecs.DeleteServiceAsync("faults");

        deploy.MustEnd(0, "succeeded", "infra/faults.json", "Capacity is unavailable");
    }
}
