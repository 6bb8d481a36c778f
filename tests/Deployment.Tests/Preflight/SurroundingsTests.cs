using Slipway.Deployment.Preflight;
using static Slipway.Deployment.Preflight.CheckState;

namespace Slipway.Deployment.Tests.Preflight;

/// <summary>Log groups, secrets, subnets: what the tasks stand on.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SurroundingsTests : IDisposable
{
    private const string Secrets = "\"secrets\": [{ \"name\": \"A\", \"valueFrom\": \"";

    private readonly VerifiedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Test]
    public async Task A_log_group_that_is_missing_is_ng_with_the_command_that_creates_it()
    {
        _world.LogGroups.Clear();

        var node = await _world.FindAsync("/ecs/stream-ml-service");

        Assert.That((node.State, node.Remedy), Is.EqualTo((Ng, "create it: aws logs create-log-group --log-group-name /ecs/stream-ml-service --region us-east-1")));
    }

    [Test]
    public async Task A_log_group_that_the_first_task_creates_may_be_missing()
    {
        _world.LogGroups.Clear();
        _world.EditTaskDefinition("\"awslogs-stream-prefix\"", "\"awslogs-create-group\": \"true\",\n \"awslogs-stream-prefix\"");

        Assert.That(await _world.FindAsync("/ecs/stream-ml-service"), Has.Property("State").EqualTo(Ok).And.Property("Found").Contains("awslogs-create-group"));
    }

    [Test]
    public async Task Without_the_right_to_read_logs_the_group_is_still_there()
    {
        _world.Logs.Trouble = new SlipwayException(ExitCode.PreconditionFailed, $"{VerifiedWorld.Denied}logs:GetLogEvents", null);

        Assert.That((await _world.FindAsync("/ecs/stream-ml-service")).State, Is.EqualTo(Ok));
        Assert.That(await _world.FindAsync("reading /ecs/stream-ml-service"), Has.Property("State").EqualTo(Skip).And.Property("Remedy").Contains("logs:GetLogEvents"));
    }

    [TestCase("db-password", "db-password", "db-password")]
    [TestCase("/web/db", "/web/db", "/web/db")]
    [TestCase("arn:aws:ssm:us-east-1:123456789012:parameter/db-password", "db-password", "parameter/db-password")]
    [TestCase("arn:aws:ssm:us-east-1:123456789012:parameter/web/db", "/web/db", "parameter/web/db")]
    public async Task A_parameter_that_is_missing_is_ng(string source, string asked, string shown)
    {
        _world.EditTaskDefinition("\"healthCheck\"", $"{Secrets}{source}\" }}],\n\"healthCheck\"");
        var there = await _world.FindAsync(shown);
        _world.MissingParameters.Add(asked);

        var missing = await _world.FindAsync(shown);

        Assert.That((there.State, missing.State), Is.EqualTo((Ok, Ng)));
        Assert.That(_world.AskedParameters, Has.All.EqualTo(asked));
        Assert.That(missing.Found, Does.Contain($"The SSM parameter '{asked}' does not exist in region us-east-1"));
    }

    [TestCase("arn:aws:ssm:eu-west-1:123456789012:parameter/db", "parameter/db", "another region")]
    [TestCase("arn:aws:ssm:us-east-1:210987654321:parameter/db", "parameter/db", "another account's")]
    [TestCase("arn:aws:secretsmanager:us-east-1:123456789012:secret:web/db-AbCdEf", "web/db-AbCdEf", "Secrets Manager, which is not asked")]
    public async Task What_ssm_of_this_region_does_not_keep_is_skipped(string source, string shown, string words)
    {
        _world.EditTaskDefinition("\"healthCheck\"", $"{Secrets}{source}\" }}],\n\"healthCheck\"");

        Assert.That(await _world.FindAsync(shown), Has.Property("State").EqualTo(Skip).And.Property("Found").Contains(words));
        Assert.That(_world.AskedParameters, Is.Empty);
    }

    [Test]
    public async Task A_subnet_that_is_missing_is_ng()
    {
        _world.Subnets.RemoveAt(1);

        Assert.That(await _world.FindAsync("subnet-2"), Has.Property("State").EqualTo(Ng).And.Property("Found").Contains("'subnet-2' of the service's network configuration does not exist"));
        Assert.That((await _world.FindAsync("subnet-1")).State, Is.EqualTo(Ok));
    }

    [TestCase(1, 200, 1, 1, Ok)]
    [TestCase(1, 200, 1, 0, Ng)]
    [TestCase(10, 200, 10, 9, Ng)]
    [TestCase(10, 150, 10, 5, Ok)]
    [TestCase(10, 100, 10, 0, Ok)]
    [TestCase(10, 100, 4, 5, Ng)]
    public async Task The_subnets_must_have_an_address_for_every_task_that_is_started_at_once(int desired, int percent, int running, int free, CheckState state)
    {
        _world.Service.State = _world.Service.State! with { DesiredCount = desired, MaximumPercent = percent, RunningCount = running };
        _world.Subnets[0] = _world.Subnets[0] with { FreeAddresses = free };
        _world.Subnets[1] = _world.Subnets[1] with { FreeAddresses = 0 };

        Assert.That((await _world.FindAsync("room")).State, Is.EqualTo(state));
    }

    [Test]
    public async Task A_way_out_that_is_missing_is_ng_for_each_subnet()
    {
        _world.Service.State = _world.Service.State! with { Placement = _world.Service.State!.Placement with { AssignPublicIp = false } };

        var node = await _world.FindAsync("way out");

        Assert.That(node.Children.Select(child => child.State), Is.EqualTo(new[] { Ng, Ng }));
        Assert.That(node.Children[0].Found, Does.StartWith("A task in 'subnet-1' reaches no registry: ").And.Contain("assignPublicIp is DISABLED"));
    }

    [Test]
    public async Task Where_the_endpoints_are_not_known_a_missing_route_is_not_known_to_be_wrong()
    {
        _world.Service.State = _world.Service.State! with { Placement = _world.Service.State!.Placement with { AssignPublicIp = false } };
        _world.Failures["Endpoints"] = new SlipwayException(ExitCode.PreconditionFailed, $"{VerifiedWorld.Denied}ec2:DescribeVpcEndpoints", null);

        Assert.That((await _world.FindAsync("way out")).State, Is.EqualTo(Skip));
    }

    [Test]
    public async Task A_security_group_of_another_vpc_is_ng()
    {
        _world.SecurityGroups["sg-1"] = "vpc-2";

        Assert.That(await _world.FindAsync("sg-1"), Has.Property("State").EqualTo(Ng).And.Property("Found").EqualTo("Security group 'sg-1' is in 'vpc-2', and the service's subnets are in 'vpc-1'."));
    }

    [Test]
    public async Task A_service_without_subnets_has_no_network_to_look_at()
    {
        _world.Service.State = _world.Service.State! with { Placement = new() };

        Assert.That(await _world.FindAsync("subnets"), Has.Property("State").EqualTo(Skip).And.Property("Found").EqualTo("because the service names no subnets"));
        Assert.That((await _world.FindAsync("way out")).State, Is.EqualTo(Skip));
    }
}
