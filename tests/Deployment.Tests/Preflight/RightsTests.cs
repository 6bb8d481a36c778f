using Slipway.Deployment.Preflight;
using Slipway.Deployment.Services;
using static Slipway.Deployment.Preflight.CheckState;

namespace Slipway.Deployment.Tests.Preflight;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RightsTests : IDisposable
{
    private readonly VerifiedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [TestCase("because no identity-based policy allows the ecr:GetAuthorizationToken action", "none of the caller's own policies allows it", "allow the caller ecr:GetAuthorizationToken")]
    [TestCase("with an explicit deny in an identity-based policy", "a statement of the caller's own policies denies it", "remove the statement")]
    [TestCase("because no permissions boundary allows the ecr:GetAuthorizationToken action", "permissions boundary does not allow it", "permissions boundary of the caller")]
    [TestCase("with an explicit deny in a service control policy", "service control policy", "organization's policies")]
    [TestCase("because no VPC endpoint policy allows the ecr:GetAuthorizationToken action", "VPC endpoint", "policy of the VPC endpoint")]
    public async Task A_right_that_a_deployment_needs_is_ng_with_the_policy_that_keeps_it_back(string why, string found, string remedy)
    {
        _world.Registry.Failure = Denial("ecr:GetAuthorizationToken", why);

        var verification = await _world.VerifyAsync();

        var right = Node(verification, "ecr:GetAuthorizationToken");
        Assert.That((right.State, right.Found), Is.EqualTo((Ng, right.Found)));
        Assert.That(right.Found, Does.StartWith("The caller lacks ecr:GetAuthorizationToken: ").And.Contain(found));
        Assert.That(right.Remedy, Does.Contain(remedy));
        Assert.That(Node(verification, "login"), Has.Property("State").EqualTo(Skip).And.Property("Found").EqualTo("because the caller lacks ecr:GetAuthorizationToken"));
        Assert.That(verification.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
    }

    [TestCase("Cluster", "ecs:DescribeClusters", "cluster")]
    [TestCase("LogGroup", "logs:DescribeLogGroups", "/ecs/stream-ml-service")]
    [TestCase("Subnets", "ec2:DescribeSubnets", "subnets")]
    [TestCase("SecurityGroups", "ec2:DescribeSecurityGroups", "security groups")]
    [TestCase("RouteTables", "ec2:DescribeRouteTables", "vpc-1")]
    public async Task A_right_that_only_a_check_needs_is_a_skip_that_names_it(string call, string right, string check)
    {
        _world.Failures[call] = Denial(right, $"because no identity-based policy allows the {right} action");

        var verification = await _world.VerifyAsync();

        var node = Node(verification, check);
        Assert.That((node.State, node.Found), Is.EqualTo((Skip, $"because the caller lacks {right}")));
        Assert.That(node.Remedy, Does.Contain(right));
        Assert.That(verification.ExitCode, Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public async Task A_region_whose_status_nobody_may_read_is_ok()
    {
        _world.Failures["Region"] = Denial("ec2:DescribeRegions", "");

        Assert.That(await _world.FindAsync("region"), Has.Property("State").EqualTo(Ok).And.Property("Found").Contains("ec2:DescribeRegions"));
    }

    [Test]
    public async Task A_probe_that_finds_nothing_proves_its_right()
    {
        _world.Probes.Add(Probe("ecs:ListTasks", new SlipwayException(ExitCode.PreconditionFailed, "ClusterNotFoundException", null)));
        _world.Probes.Add(Probe("ecs:DescribeTasks", null));

        var verification = await _world.VerifyAsync();

        Assert.That(Node(verification, "ecs:ListTasks"), Has.Property("State").EqualTo(Ok).And.Property("Found").EqualTo("allowed"));
        Assert.That(Node(verification, "ecs:DescribeTasks").State, Is.EqualTo(Ok));
    }

    [TestCase(true, Ng)]
    [TestCase(false, Skip)]
    public async Task A_probe_that_is_denied_is_ng_where_a_deployment_needs_it(bool isNeeded, CheckState state)
    {
        _world.Probes.Add(Probe("ecs:ListServiceDeployments", Denial("ecs:ListServiceDeployments", "")) with { IsNeeded = isNeeded });

        Assert.That((await _world.FindAsync("ecs:ListServiceDeployments")).State, Is.EqualTo(state));
    }

    [Test]
    public async Task What_may_pass_by_itself_is_not_known()
    {
        _world.Probes.Add(Probe("ecs:ListTasks", new TransientServiceException("ThrottlingException Rate exceeded", true, "try again later", null)));

        Assert.That(await _world.FindAsync("ecs:ListTasks"), Has.Property("State").EqualTo(Skip).And.Property("Found").Contains("Rate exceeded"));
    }

    [Test]
    public async Task Rights_to_change_something_are_named_and_not_tried() =>
        Assert.That(await _world.FindAsync("rights to change"), Has.Property("State").EqualTo(Skip).And.Property("Found").Contains("iam:PassRole").And.Property("Found").Contains("docs/permissions.md"));

    private static RightProbe Probe(string right, Exception? failure) =>
        new(right, true, _ => failure is null ? Task.CompletedTask : Task.FromException(failure));

    private static SlipwayException Denial(string right, string why) => new(
        ExitCode.PreconditionFailed, $"failed to do it: AccessDeniedException {VerifiedWorld.Denied}{right} on resource: * {why}", "as IAM says");

    private static CheckNode Node(Verification verification, string name) => VerifiedWorld.All(verification.Groups).First(node => node.Name == name);
}
