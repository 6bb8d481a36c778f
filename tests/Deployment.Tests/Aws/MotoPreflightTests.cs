using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement.Model;
using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>The questions that only the preflight asks, at an endpoint that others wrote.</summary>
[TestFixture]
public sealed class MotoPreflightTests
{
    private MotoServer _moto = null!;
    private AwsConnection _connection = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await MotoServer.StartAsync();
        _connection = new AwsConnection("us-east-1", _moto.Endpoint);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _connection?.Dispose();
        _moto?.Dispose();
    }

    [Test]
    public async Task Subnets_are_found_with_their_free_addresses_and_those_that_are_missing_are_left_out()
    {
        var vpc = await CreateVpcAsync();
        var subnet = (await _connection.Ec2.CreateSubnetAsync(new CreateSubnetRequest { VpcId = vpc, CidrBlock = "10.9.1.0/28" })).Subnet;

        var found = await Network.FindSubnetsAsync([subnet.SubnetId, "subnet-0123456789abcdef0"], CancellationToken.None);

        Assert.That(found.Single(), Has.Property("Id").EqualTo(subnet.SubnetId).And.Property("VpcId").EqualTo(vpc).And.Property("FreeAddresses").EqualTo(11));
    }

    [Test]
    public async Task Security_groups_are_found_with_their_vpc()
    {
        var vpc = await CreateVpcAsync();
        var group = (await _connection.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest { VpcId = vpc, GroupName = "web", Description = "web" })).GroupId;

        var found = await Network.FindSecurityGroupsAsync([group, "sg-0123456789abcdef0"], CancellationToken.None);

        Assert.That(found, Is.EqualTo(new Dictionary<string, string> { [group] = vpc }));
    }

    [Test]
    public async Task Route_tables_are_found_with_their_subnets_and_targets()
    {
        var vpc = await CreateVpcAsync();
        var subnet = (await _connection.Ec2.CreateSubnetAsync(new CreateSubnetRequest { VpcId = vpc, CidrBlock = "10.9.2.0/28" })).Subnet.SubnetId;
        var gateway = (await _connection.Ec2.CreateInternetGatewayAsync(new CreateInternetGatewayRequest())).InternetGateway.InternetGatewayId;
        await _connection.Ec2.AttachInternetGatewayAsync(new AttachInternetGatewayRequest { InternetGatewayId = gateway, VpcId = vpc });
        var table = (await _connection.Ec2.CreateRouteTableAsync(new CreateRouteTableRequest { VpcId = vpc })).RouteTable.RouteTableId;
        await _connection.Ec2.CreateRouteAsync(new CreateRouteRequest { RouteTableId = table, DestinationCidrBlock = "0.0.0.0/0", GatewayId = gateway });
        await _connection.Ec2.AssociateRouteTableAsync(new AssociateRouteTableRequest { RouteTableId = table, SubnetId = subnet });

        var found = await Network.FindRouteTablesAsync(vpc, CancellationToken.None);

        Assert.That(found.Count(candidate => candidate.IsMain), Is.EqualTo(1));
        var own = found.Single(candidate => candidate.Id == table);
        Assert.That(own.Subnets, Is.EqualTo(new[] { subnet }));
        Assert.That(own.Routes.Single(route => route.Destination == "0.0.0.0/0"), Has.Property("Target").EqualTo(gateway).And.Property("IsActive").True);
    }

    [Test]
    public async Task Endpoints_are_found_with_their_services()
    {
        var vpc = await CreateVpcAsync();
        var table = (await Network.FindRouteTablesAsync(vpc, CancellationToken.None)).Single().Id;
        await _connection.Ec2.CreateVpcEndpointAsync(new CreateVpcEndpointRequest
        {
            VpcId = vpc,
            ServiceName = "com.amazonaws.us-east-1.s3",
            VpcEndpointType = VpcEndpointType.Gateway,
            RouteTableIds = [table],
        });

        var found = (await Network.FindEndpointsAsync(vpc, CancellationToken.None)).Single();

        Assert.That((found.Service, found.IsGateway), Is.EqualTo(("com.amazonaws.us-east-1.s3", true)));
        Assert.That(found.RouteTables, Is.EqualTo(new[] { table }));
    }

    [TestCase("us-east-1", "opt-in-not-required")]
    [TestCase("xx-nowhere-1", null)]
    public async Task A_region_is_known_or_not(string region, string? expected) =>
        Assert.That(await Account.FindRegionStatusAsync(region, CancellationToken.None), Is.EqualTo(expected));

    [Test]
    public async Task Parameters_that_do_not_exist_are_named()
    {
        await _connection.Ssm.PutParameterAsync(new PutParameterRequest { Name = "/web/db", Value = "x", Type = "SecureString" });

        Assert.That(await Account.FindMissingParametersAsync(["/web/db", "/web/gone"], CancellationToken.None), Is.EqualTo(new[] { "/web/gone" }));
    }

    [Test]
    public async Task A_cluster_and_a_log_group_are_found_or_missing()
    {
        await _connection.Ecs.CreateClusterAsync(new Amazon.ECS.Model.CreateClusterRequest { ClusterName = "parrot" });
        await _connection.Logs(null).CreateLogGroupAsync(new Amazon.CloudWatchLogs.Model.CreateLogGroupRequest { LogGroupName = "/ecs/web" });

        Assert.That((await Account.FindClusterAsync("parrot", CancellationToken.None))!.Status, Is.EqualTo("ACTIVE"));
        Assert.That(await Account.FindClusterAsync("gone", CancellationToken.None), Is.Null);
        Assert.That(await Account.HasLogGroupAsync(null, "/ecs/web", CancellationToken.None), Is.True);
        Assert.That(await Account.HasLogGroupAsync(null, "/ecs/we", CancellationToken.None), Is.False);
    }

    private Ec2Network Network => new(_connection, TimeProvider.System);

    private AccountReader Account => new(_connection, TimeProvider.System);

    private async Task<string> CreateVpcAsync() => (await _connection.Ec2.CreateVpcAsync(new CreateVpcRequest { CidrBlock = "10.9.0.0/16" })).Vpc.VpcId;
}
