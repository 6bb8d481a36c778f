using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Preflight;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;
using static Slipway.Deployment.Preflight.CheckState;

namespace Slipway.Deployment.Tests.Preflight;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class VerifyEnvironmentTests : IDisposable
{
    private readonly VerifiedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Test]
    public async Task Where_everything_is_as_it_must_be_no_check_is_ng()
    {
        var verification = await _world.VerifyAsync();

        Assert.That(VerifiedWorld.All(verification.Groups).Where(node => node.State == Ng), Is.Empty);
        Assert.That(verification.ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(
            verification.Groups.Select(group => group.Name),
            Is.EqualTo(new[] { "Settings", "Credentials", "Rights", "Registry", "Cluster and service", "Task definition", "Network" }));
        Assert.That(verification.AccountId, Is.EqualTo("123456789012"));
    }

    [Test]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        _world.Cluster = _world.Cluster! with { Status = "PROVISIONING" };
        _world.Settings = _world.Settings with { Repository = "elsewhere" };
        _world.LogGroups.Clear();
        _world.SecurityGroups.Clear();
        _world.EditTaskDefinition("\"512\"", "\"768\"");

        var wrong = VerifiedWorld.All((await _world.VerifyAsync()).Groups).Where(node => node is { State: Ng, Children.Count: 0 }).ToList();

        Assert.That(wrong.Select(node => node.Name), Is.EquivalentTo(new[] { "repository", "cluster", "size", "/ecs/stream-ml-service", "sg-1" }));
        Assert.That(wrong.Select(node => node.Remedy), Has.All.Not.Empty);
    }

    [Test]
    public async Task Credentials_that_do_not_work_are_told_once_and_skip_what_needs_them()
    {
        _world.Failures["Caller"] = new SlipwayException(ExitCode.PreconditionFailed, "no AWS credentials were found", "set them");

        var verification = await _world.VerifyAsync();

        var wrong = VerifiedWorld.All(verification.Groups).Where(node => node is { State: Ng, Children.Count: 0 }).Single();
        Assert.That((wrong.Name, wrong.Found, wrong.Remedy), Is.EqualTo(("caller", "no AWS credentials were found", "set them")));
        Assert.That(verification.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(_world.Service.Calls, Is.Empty, "calls of another service");
        Assert.That((await _world.FindAsync("size")).State, Is.EqualTo(Ok), "what needs no credentials is checked all the same");
    }

    [Test]
    public async Task Another_accounts_credentials_are_ng_and_nothing_else_is_asked_with_them()
    {
        _world.Caller = new Caller("210987654321", "arn:aws:iam::210987654321:user/x");

        var caller = await _world.FindAsync("caller");

        Assert.That((caller.State, caller.Found), Is.EqualTo((Ng, "The credentials belong to account 210987654321 ('arn:aws:iam::210987654321:user/x'), but environment 'local' to account 123456789012.")));
        Assert.That(_world.Service.Calls, Is.Empty);
    }

    [TestCase(null, Ok, "do not end")]
    [TestCase(25, Ok, "end at 12:25:00 UTC")]
    [TestCase(10, Ok, "cannot be renewed")]
    [TestCase(-1, Ng, "ended at")]
    public async Task The_credentials_are_held_against_the_timeout(int? minutes, CheckState state, string words)
    {
        if (minutes is { } left) _world.Caller = _world.Caller with { Session = new CredentialSession(Given.Noon.AddMinutes(left)) };

        var node = await _world.FindAsync("credentials");

        Assert.That(node.State, Is.EqualTo(state));
        Assert.That(node.Found, Does.Contain(words));
        Assert.That(node.Remedy, minutes is null or 25 ? Is.Null : Is.Not.Null);
    }

    [Test]
    public async Task A_cluster_that_is_missing_is_ng_and_its_service_skipped()
    {
        _world.Cluster = null;
        _world.Service.State = null;

        var verification = await _world.VerifyAsync();

        Assert.That(Node(verification, "cluster").Found, Is.EqualTo("Cluster 'emotional-parrot' does not exist in region us-east-1."));
        Assert.That((Node(verification, "service").State, Node(verification, "service").Found), Is.EqualTo((Skip, "because the cluster is not as it must be")));
    }

    [Test]
    public async Task A_cluster_that_was_deleted_is_ng()
    {
        _world.Cluster = _world.Cluster! with { Status = "INACTIVE" };

        Assert.That((await _world.FindAsync("cluster")).Found, Does.Contain("has been deleted (status INACTIVE)"));
    }

    [Test]
    public async Task A_service_that_is_missing_beside_its_task_definition_says_that_account_and_region_are_right()
    {
        _world.Service.State = null;

        var node = await _world.FindAsync("service");

        Assert.That(node.State, Is.EqualTo(Ng));
        Assert.That(node.Found, Is.EqualTo(
            "Service 'stream-ml-service-1' does not exist in cluster 'emotional-parrot', region us-east-1. "
            + "Its task definition is there ('stream-ml-service:7'): account and region are right."));
    }

    [Test]
    public async Task A_family_that_is_missing_beside_its_service_is_the_first_of_its_name()
    {
        _world.Service.Definitions.Clear();
        _world.Service.State = _world.Service.State! with { TaskDefinitionArn = Given.OldRevision };

        var node = await _world.FindAsync("family");

        Assert.That((node.State, node.Found), Is.EqualTo((
            Ok, "'stream-ml-service' has no active revision: the next deployment registers the first; the service runs the family 'web' now")));
        Assert.That(node.Remedy, Does.Contain("correct 'family'"));
    }

    [TestCase("INACTIVE", "has been deleted")]
    [TestCase("DRAINING", "is being deleted")]
    public async Task A_service_that_ends_is_ng(string status, string words)
    {
        _world.Service.State = _world.Service.State! with { Status = status };

        var node = await _world.FindAsync("service");

        Assert.That((node.State, node.Found), Is.EqualTo((Ng, node.Found)));
        Assert.That(node.Found, Does.Contain(words));
    }

    [TestCase("CODE_DEPLOY")]
    [TestCase("EXTERNAL")]
    public async Task A_service_that_another_controller_deploys_is_ng(string controller)
    {
        _world.Service.State = _world.Service.State! with { Controller = controller };

        var node = await _world.FindAsync("controller");

        Assert.That((node.State, node.Remedy), Is.EqualTo((Ng, "use a service with the deployment controller ECS")));
        Assert.That(node.Found, Does.Contain(controller));
    }

    [Test]
    public async Task No_task_and_no_circuit_breaker_are_fine_and_come_with_advice()
    {
        _world.Service.State = _world.Service.State! with { DesiredCount = 0, CircuitBreaker = false, RollsBack = false };

        var verification = await _world.VerifyAsync();

        Assert.That(Node(verification, "desired count"), Has.Property("State").EqualTo(Ok).And.Property("Remedy").Contains("--desired-count=1"));
        Assert.That(Node(verification, "circuit breaker"), Has.Property("State").EqualTo(Ok).And.Property("Remedy").Contains("deploymentCircuitBreaker"));
    }

    [Test]
    public async Task What_is_found_in_another_region_is_named_with_both_regions()
    {
        _world.Service.State = _world.Service.State! with { Arn = "arn:aws:ecs:eu-west-1:123456789012:service/emotional-parrot/stream-ml-service-1" };

        var node = await _world.FindAsync("region");

        Assert.That((node.State, node.Found), Is.EqualTo((
            Ng, "The region is us-east-1, but the service 'arn:aws:ecs:eu-west-1:123456789012:service/emotional-parrot/stream-ml-service-1' is in eu-west-1.")));
    }

    [TestCase(null, Ng, "AWS has no region 'us-east-1'.")]
    [TestCase("not-opted-in", Ng, "The account does not use region us-east-1.")]
    [TestCase("opted-in", Ok, "us-east-1, which the account uses")]
    public async Task A_region_must_be_one_that_the_account_uses(string? status, CheckState state, string found)
    {
        _world.RegionStatus = status;

        var node = await _world.FindAsync("region");

        Assert.That((node.State, node.Found), Is.EqualTo((state, found)));
    }

    [TestCase("\"containerPort\": 8000", "\"containerPort\": 9000", "port")]
    [TestCase("\"memory\": \"512\"", "\"memory\": \"768\"", "size")]
    [TestCase("role/ecsTaskExecutionRole", "user/ecs", "roles")]
    [TestCase("arn:aws:iam::123456789012", "arn:aws:iam::210987654321", "roles")]
    [TestCase("\"awslogs-region\": \"us-east-1\"", "\"awslogs-region\": \"eu-west-1\"", "document")]
    public async Task A_finding_of_the_rules_is_ng_where_it_belongs(string before, string after, string part)
    {
        _world.EditTaskDefinition(before, after);

        var node = await _world.FindAsync(part);

        Assert.That(node.State, Is.EqualTo(Ng), node.Found);
        Assert.That(VerifiedWorld.All([node]).Select(leaf => leaf.Found).OfType<string>(), Has.Some.Contains("infra/ecs-task-def.json:"));
    }

    [Test]
    public async Task The_load_balancer_of_the_service_must_find_its_port()
    {
        _world.Service.State = _world.Service.State! with { LoadBalancers = [new LoadBalancerState("arn:tg", "stream-ml-service", 80)] };

        Assert.That((await _world.FindAsync("port")).Found, Does.Contain("port that is not mapped"));
    }

    [Test]
    public async Task A_task_definition_that_cannot_be_read_is_told_with_its_place_and_what_needs_it_is_skipped()
    {
        _world.EditTaskDefinition("\"networkMode\": \"awsvpc\",", "\"networkMode\" \"awsvpc\",");

        var verification = await _world.VerifyAsync();

        Assert.That(Node(verification, "source").State, Is.EqualTo(Ng));
        Assert.That(Node(verification, "source").Found, Does.Contain("infra/ecs-task-def.json:3:"));
        foreach (var name in new[] { "family", "document", "size", "port", "roles", "log groups", "secrets" })
            Assert.That(Node(verification, name), Has.Property("State").EqualTo(Skip).And.Property("Found").EqualTo("because the task definition is not known"), name);
    }

    [Test]
    public async Task Placeholders_that_a_push_fills_are_no_findings()
    {
        _world.EditTaskDefinition("\"value\": \"Production\"", "\"value\": \"${commit} ${image.digest} ${image.tag}\"");

        Assert.That((await _world.FindAsync("document")).State, Is.EqualTo(Ok));
    }

    [Test]
    public async Task A_revision_that_is_named_is_checked_in_place_of_the_file()
    {
        _world.Settings = _world.Settings with { TaskDefinition = new TaskDefinitionSource.Revision("stream-ml-service:99") };

        var verification = await _world.VerifyAsync();

        Assert.That(Node(verification, "source").Found, Is.EqualTo("The task definition 'stream-ml-service:99' does not exist in region us-east-1."));
        Assert.That(Node(verification, "image").State, Is.EqualTo(Skip));
    }

    [TestCase(false, Ng)]
    [TestCase(true, Ok)]
    public async Task A_repository_that_is_missing_is_ng_unless_push_creates_it(bool isCreated, CheckState state)
    {
        _world.Settings = _world.Settings with { CreatesRepository = isCreated };
        _world.Failures["Repository"] = new SlipwayException(
            ExitCode.PreconditionFailed, "failed to describe repository", "create it",
            new Amazon.ECR.Model.RepositoryNotFoundException("gone") { ErrorCode = "RepositoryNotFoundException" });

        Assert.That((await _world.FindAsync("repository")).State, Is.EqualTo(state));
    }

    [Test]
    public async Task A_given_image_must_be_in_the_repository()
    {
        _world.Settings = _world.Settings with { Image = $"{_world.Registry.Host}/stream-ml-service:v1" };

        var missing = await _world.FindAsync("image");
        _world.Registry.Put("v1", Given.Digest);
        var there = await _world.FindAsync("image");

        Assert.That((missing.State, there.State), Is.EqualTo((Ng, Ok)));
        Assert.That(there.Found, Does.Contain(Given.Digest).And.Contain("linux/amd64"));
    }

    [Test]
    public async Task An_image_for_another_architecture_is_named_on_both_sides()
    {
        _world.Platforms[0] = "linux/arm64";
        _world.Registry.Put("v1", Given.Digest);
        _world.Store.Write(new ImageArtifact(
            ImageArtifact.CurrentSchema, "local", null, "stream-ml-service", "v1", Given.Digest, $"{_world.Registry.Host}/stream-ml-service@{Given.Digest}", "linux/amd64", null));

        var node = await _world.FindAsync("image");

        Assert.That(node.State, Is.EqualTo(Ng));
        Assert.That(node.Found, Does.Contain("is built for linux/arm64").And.Contain("runs on linux/amd64").And.Contain("image.json"));
    }

    [Test]
    public async Task A_check_that_breaks_stops_no_other()
    {
        _world.Failures["LogGroup"] = new InvalidOperationException("a bug");

        Assert.That(async () => await _world.VerifyAsync(), Throws.InvalidOperationException, "a bug is told as one");
        _world.Failures["LogGroup"] = new SlipwayException(ExitCode.PreconditionFailed, "failed to describe log group", null);

        var verification = await _world.VerifyAsync();
        Assert.That(Node(verification, "/ecs/stream-ml-service").State, Is.EqualTo(Skip));
        Assert.That(Node(verification, "service").State, Is.EqualTo(Ok));
    }

    private static CheckNode Node(Verification verification, string name) => VerifiedWorld.All(verification.Groups).First(node => node.Name == name);
}
