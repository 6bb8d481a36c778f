using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;
using static Slipway.Deployment.Tests.Rollouts.Scenarios.Scenery;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>Deployments that fail and are not rolled back: each ends the wait as soon as its cause is certain.</summary>
internal static class FailureScenarios
{
    private const string NotThere = "CannotPullContainerError: failed to resolve ref registry/web@sha256:1: registry/web@sha256:1: not found";
    private const string Role = "(service web) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/x' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions.).";

    public static IEnumerable<Scenario> All()
    {
        yield return Fails("the image is missing, seen in a task that is still pending", One(Starting, Pending("task1", NotThere)), 18, "not in its repository", "--target=Push");
        foreach (var scenario in Tasks()) yield return scenario;
        foreach (var scenario in Tasks()) yield return scenario.ById();
        foreach (var scenario in Services()) yield return scenario;

        yield return Fails("the role cannot be taken on", new Scenario("").At(0, Starting, "IN_PROGRESS").At(10, Starting.Saying(Role, Role, Role), "IN_PROGRESS"), 13, "role", "trust");
        yield return Fails("another image runs", new Scenario("").At(0, Up, "IN_PROGRESS", Running()).At(10, Done, "SUCCESSFUL", Running(digest: OtherDigest)), 12, OtherDigest, "does not run the image");
        yield return Fails("it crashes after ECS called it successful", new Scenario("").At(0, Service(Rollout(rollout: "COMPLETED", pending: 1)), "SUCCESSFUL", Crashed(3, 1)), 1, "exit code 1");
        yield return Fails("successful, and the service does not run it", new Scenario("").At(0, AsBefore, "SUCCESSFUL"), 35, "does not run it");

        var tripped = Service(Rollout(rollout: "FAILED", failed: 3, reason: "ECS deployment circuit breaker: tasks failed to start."), Old) with { CircuitBreaker = true };
        yield return Fails("a breaker without rollback", new Scenario("").At(0, Failing, "IN_PROGRESS").At(20, tripped, Ours("STOPPED") with { Breaker = new("TRIGGERED", 3, 3) }, Crashed(2, 9)), 23, "exit code 9");
        yield return Fails("a breaker without rollback, by deployment id", new Scenario("").At(0, Failing, "IN_PROGRESS").At(20, tripped, "STOPPED", Crashed(2, 9)) with { OffersServiceDeployments = false }, 23, "exit code 9");
        yield return Fails("a breaker without rollback and without tasks", new Scenario("").At(0, tripped, Ours("STOPPED") with { Breaker = new("TRIGGERED", 3, 3), Reason = "ECS deployment circuit breaker: tasks failed to start." }), 1, "tasks failed to start");
        yield return Fails("a breaker that is never heard of", new Scenario("").At(0, Failing.WithRollback(), "IN_PROGRESS", Crashed(3, 1)), 307, "exit code 1", "will not succeed");
        yield return Fails("the rollback fails too", new Scenario("").At(0, RollingBack, Tripped("ROLLBACK_IN_PROGRESS"), Crashed(3, 1)).At(60, RollingBack, Tripped("ROLLBACK_FAILED"), Crashed(3, 1)), 68, "failed too", OldRevision);
        yield return Fails("somebody stops it", new Scenario("").At(0, Up, "IN_PROGRESS").At(10, Up, Ours("STOP_REQUESTED") with { Reason = "Stopped by user" }).At(15, Up, Ours("STOPPED") with { Reason = "Stopped by user" }), 17, "Somebody stopped");
        yield return Fails("it is stopped and nobody says why", new Scenario("").At(0, Up, "STOPPED"), 33, "told no reason");
    }

    /// <summary>What the tasks tell is the same with and without service deployments.</summary>
    private static IEnumerable<Scenario> Tasks()
    {
        yield return Fails("the image is missing", Growing(1, count => Unstarted(count, NotThere)), 13, "not in its repository");
        yield return Fails("the registry cannot be reached", Growing(3, count => Unstarted(count, "CannotPullContainerError: dial tcp 10.0.0.1:443: i/o timeout")), 53, "cannot reach the registry");
        yield return Fails("the pull is denied", Growing(2, count => Unstarted(count, "CannotPullContainerError: pull access denied: 403 Forbidden")), 33, "refused the pull");
        yield return Fails("a secret cannot be read", Growing(2, count => Unstarted(count, "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue")), 33, "secret");
        yield return Fails("the log group is missing", Growing(2, count => Unstarted(count, "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.")), 33, "log group");
        yield return Fails("the image is of another platform", Growing(2, count => Unstarted(count, "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'")), 33, "platform");
        yield return Fails("the program is not in the image", Growing(2, count => Unstarted(count, "CannotStartContainerError: exec: \"web\": executable file not found in $PATH")), 33, "program");
        yield return Fails("a crash loop", Growing(3, count => Crashed(count, 3)), 53, "exit code 3", "'web'");
        yield return Fails("a crash loop that takes a sidecar with it", Growing(3, count => [.. Crashed(count, 3).Select(task => task with { Containers = [new("sidecar", "envoy:1", null, "STOPPED", 137, null, null), .. task.Containers] })]), 53, "'web', exit code 3");
        yield return Fails("out of memory", Growing(3, count => [.. Enumerable.Range(0, count).Select(index => Stopped($"oom{index}", "Essential container in task exited", 137, "OutOfMemoryError: Container killed due to memory usage"))]), 53, "memory");
        yield return Fails("it ends without an error", Growing(3, count => Crashed(count, 0)), 53, "exit code 0");
        yield return Fails("the load balancer's health check fails", Growing(3, count => Crashed(count, 143, "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1)")), 53, "load balancer");
    }

    private static IEnumerable<Scenario> Services()
    {
        foreach (var (name, service, word) in new (string, ServiceState?, string)[]
        {
            ("the service is deleted", null, "no longer exists"),
            ("the service is draining", Up with { Status = "DRAINING" }, "DRAINING"),
            ("the service is inactive", Service() with { Status = "INACTIVE" }, "INACTIVE"),
        })
        {
            var scenario = Fails(name, new Scenario("").At(0, Up, "IN_PROGRESS").At(20, service, "IN_PROGRESS"), 25, word);
            yield return scenario;
            yield return scenario.ById();
        }
    }

    private static Scenario One(ServiceState service, params TaskState[] tasks) => new Scenario("").At(0, Starting, "IN_PROGRESS").At(10, service, "IN_PROGRESS", tasks);

    /// <summary>A task fails every 20 s, from second 10 on.</summary>
    private static Scenario Growing(int most, Func<int, TaskState[]> failed) => Enumerable.Range(1, most).Aggregate(
        new Scenario("").At(0, Starting, "IN_PROGRESS"),
        (scenario, count) => scenario.At(10 + (20 * (count - 1)), Service(Rollout(failed: count, pending: 1), Old), "IN_PROGRESS", failed(count)));

    private static Scenario Fails(string name, Scenario scenario, double by, params string[] words) =>
        (scenario with { Name = name }).Ends(Verdict.Failed, ExitCode.DeploymentFailed, words).By(by);
}
