using Slipway.Deployment.Rollouts.Failures;

namespace Slipway.Deployment.Tests.Rollouts.Failures;

public sealed class FailureCatalogueTests
{
    [TestCase("image-missing", "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref r/a@sha256:1: not found")]
    [TestCase("image-missing", "CannotPullContainerError: Error response from daemon: manifest for r/a:1 not found: manifest unknown: Requested image not found")]
    [TestCase("image-denied", "CannotPullContainerError: pull access denied for r/a, repository may require docker login: denied: User is not authorized to perform: ecr:BatchGetImage")]
    [TestCase("image-platform", "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'")]
    [TestCase("image-rate", "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit")]
    [TestCase("registry-unreachable", "CannotPullContainerError: Error response from daemon: Get https://r/v2/: net/http: request canceled while waiting for connection")]
    [TestCase("registry-unreachable", "ResourceInitializationError: x; CannotPullContainerError: dial tcp 10.0.0.1:443: i/o timeout")]
    [TestCase("disk-full", "CannotPullContainerError: failed to register layer: write /x: no space left on device")]
    [TestCase("image", "CannotPullContainerError: something new")]
    [TestCase("secrets", "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm")]
    [TestCase("logs", "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ResourceNotFoundException: The specified log group does not exist.")]
    [TestCase("storage", "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: mount.nfs4: Connection timed out")]
    [TestCase("initialization", "ResourceInitializationError: something new")]
    [TestCase("role", "(service web) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task).")]
    [TestCase("entry-point", "CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: \"/app/x\": executable file not found in $PATH")]
    [TestCase("entry-point", "CannotStartContainerError: ResourceInitializationError: the image has no file '/app/Missing.dll'.")]
    [TestCase("memory", "OutOfMemoryError: Container killed due to memory usage")]
    [TestCase("load-balancer", "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/b)")]
    [TestCase("load-balancer", "(service web) (port 8000) is unhealthy in (target-group arn:x) due to (reason Health checks failed with these codes: [503]).")]
    [TestCase("health-check", "Task failed container health checks")]
    [TestCase("addresses", "Unexpected EC2 error while attempting to Create Network Interface: InsufficientFreeAddressesInSubnet")]
    [TestCase("quota", "You've reached the limit on the number of vCPUs you can run concurrently")]
    [TestCase("capacity", "Capacity is unavailable at this time. Please try again later or in a different availability zone")]
    [TestCase("capacity", "(service web) was unable to place a task because no container instance met all of its requirements.")]
    [TestCase(null, "(service web) has reached a steady state.")]
    [TestCase(null, "(service web) has started 1 tasks: (task 0123456789abcdef0123456789abcdef).")]
    [TestCase(null, "")]
    public void Words_of_ecs_find_their_cause(string? key, string text) => Assert.That(FailureCatalogue.Find(text)?.Key, Is.EqualTo(key));

    [TestCase(0, "exit-0")]
    [TestCase(1, "exit")]
    [TestCase(127, "exit-127")]
    [TestCase(137, "exit-137")]
    [TestCase(139, "exit-139")]
    [TestCase(-1, "exit")]
    public void An_exit_code_finds_its_cause(int exitCode, string key) =>
        Assert.That(FailureCatalogue.Find("Essential container in task exited", exitCode)?.Key, Is.EqualTo(key));

    [Test]
    public void Every_rule_has_a_key_of_its_own_a_sentence_and_a_remedy()
    {
        Assert.That(FailureCatalogue.Rules.Select(rule => rule.Key), Is.Unique);
        Assert.That(FailureCatalogue.Rules.Select(rule => rule.Cause), Has.All.Match("^[A-Z].*\\.$"));
        Assert.That(FailureCatalogue.Rules.Select(rule => rule.Remedy), Has.All.Not.Empty.And.All.Not.EndsWith("."));
    }

    [Test]
    public void The_container_that_failed_is_blamed_and_not_the_one_that_was_killed_with_it()
    {
        var task = Given.Stopped("a", "Essential container in task exited") with
        {
            Containers =
            [
                new("sidecar", "s:1", null, "STOPPED", 137, null, null),
                new("web", "w:1", null, "STOPPED", 42, null, null),
            ],
        };

        var group = TaskFailures.Group([task], Given.Ours).Single();

        Assert.That((group.Container, group.ExitCode), Is.EqualTo(("web", 42)));
        Assert.That(group.ToFailure().Cause, Is.EqualTo("The container ended with an error (container 'web', exit code 42)."));
    }

    [Test]
    public void Reasons_that_differ_in_identifiers_only_are_one_group()
    {
        var groups = TaskFailures.Group(
            [Given.Stopped("a", "Odd failure of 0123456789abcdef"), Given.Stopped("b", "Odd failure of fedcba9876543210"), Given.Stopped("c", "Another")], Given.Ours);

        Assert.That(groups.Select(group => group.Tasks.Count), Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public void A_pending_task_that_cannot_pull_is_counted_before_it_stops()
    {
        var pending = Given.PullFailed("a") with
        {
            LastStatus = "PENDING",
            DesiredStatus = "RUNNING",
            StopCode = null,
            StoppedReason = null,
            Containers = [new("web", "w:1", null, "PENDING", null, "CannotPullContainerError: not found", null)],
        };

        var group = TaskFailures.Group([pending, Given.PullFailed("b")], Given.Ours).Single(found => found.Container == "web");

        Assert.That(group.Rule!.Key, Is.EqualTo("image-missing"));
    }
}
