using Slipway.Deployment.Preflight.Network;

namespace Slipway.Deployment.Tests.Preflight.Network;

public sealed class RouteOutTests
{
    private static readonly SubnetState Subnet = new("subnet-1", "vpc-1", "us-east-1a", 10);
    private static readonly RouteState Local = new("10.0.0.0/16", "local", true);

    [TestCase("nat-1", false, true)]
    [TestCase("tgw-1", false, true)]
    [TestCase("igw-1", true, true)]
    [TestCase("igw-1", false, false)]
    public void The_default_route_leads_out_through_an_internet_gateway_only_with_a_public_address(string target, bool hasPublicIp, bool expected) =>
        Assert.That(Of(hasPublicIp, [Table("rtb-1", new RouteState("0.0.0.0/0", target, true))]).IsThere, Is.EqualTo(expected));

    [Test]
    public void A_route_whose_target_is_gone_leads_nowhere()
    {
        var way = Of(true, [Table("rtb-1", new RouteState("0.0.0.0/0", "nat-1", false))]);

        Assert.That((way.IsThere, way.Sentence), Is.EqualTo((false, "the default route of 'rtb-1' leads to 'nat-1', which is gone")));
    }

    [Test]
    public void The_subnets_own_table_counts_before_the_main_one()
    {
        RouteTableState[] tables =
        [
            Table("rtb-main", new RouteState("0.0.0.0/0", "nat-1", true)) with { IsMain = true, Subnets = [] },
            Table("rtb-own"),
        ];

        Assert.That(Of(true, tables).Sentence, Does.StartWith("route table 'rtb-own' leads nowhere outside"));
        Assert.That(Of(true, [tables[0]]).IsThere, Is.True);
    }

    [Test]
    public void Endpoints_for_ecr_s3_and_logs_take_the_place_of_a_route()
    {
        var endpoints = Endpoints("ecr.api", "ecr.dkr", "logs").Append(Gateway("rtb-1")).ToList();

        Assert.That(Of(false, [Table("rtb-1")], endpoints).IsThere, Is.True);
        foreach (var missing in endpoints)
        {
            var way = Of(false, [Table("rtb-1")], [.. endpoints.Where(endpoint => endpoint != missing)]);
            var service = missing.Service["com.amazonaws.us-east-1.".Length..];
            Assert.That((way.IsThere, way.Remedy), Is.EqualTo((false, $"add a route 0.0.0.0/0 to a NAT gateway to 'rtb-1', or VPC endpoints for {service}")));
        }
    }

    [Test]
    public void A_gateway_endpoint_serves_the_route_tables_that_it_is_in() =>
        Assert.That(Of(false, [Table("rtb-1")], [.. Endpoints("ecr.api", "ecr.dkr", "logs"), Gateway("rtb-2")]).IsThere, Is.False);

    [Test]
    public void Tasks_that_write_no_logs_need_no_way_to_them() => Assert.That(
        RouteOut.Of(Subnet, false, needsLogs: false, [Table("rtb-1")], [.. Endpoints("ecr.api", "ecr.dkr"), Gateway("rtb-1")]).IsThere, Is.True);

    [Test]
    public void A_subnet_without_a_table_has_no_way() => Assert.That(Of(true, []).IsThere, Is.False);

    private static RouteOut Of(bool hasPublicIp, IReadOnlyList<RouteTableState> tables, IReadOnlyList<VpcEndpointState>? endpoints = null) =>
        RouteOut.Of(Subnet, hasPublicIp, needsLogs: true, tables, endpoints ?? []);

    private static RouteTableState Table(string id, params RouteState[] routes) => new(id, false, ["subnet-1"], [Local, .. routes]);

    private static IEnumerable<VpcEndpointState> Endpoints(params string[] services) =>
        services.Select(service => new VpcEndpointState($"vpce-{service}", $"com.amazonaws.us-east-1.{service}", false, []));

    private static VpcEndpointState Gateway(string table) => new("vpce-s3", "com.amazonaws.us-east-1.s3", true, [table]);
}
