using Amazon.EC2.Model;
using Slipway.Deployment.Preflight.Network;

namespace Slipway.Deployment.Aws;

/// <summary>The network of the tasks, on Amazon EC2. By filters, not by ids: one id that is not there would fail the whole request.</summary>
public sealed class Ec2Network(AwsConnection connection, TimeProvider time) : INetworkReader
{
    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<IReadOnlyList<SubnetState>> FindSubnetsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await PagesAsync(
            Describe("ec2:DescribeSubnets", "subnets", ids[0]),
            async token =>
            {
                var answer = await connection.Ec2.DescribeSubnetsAsync(
                    new DescribeSubnetsRequest { Filters = [new Filter("subnet-id", [.. ids])], NextToken = token }, cancellationToken);
                return (answer.Subnets, answer.NextToken);
            },
            cancellationToken);
        return [.. found.Select(subnet => new SubnetState(subnet.SubnetId, subnet.VpcId, subnet.AvailabilityZone ?? "?", subnet.AvailableIpAddressCount ?? 0))];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> FindSecurityGroupsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await PagesAsync(
            Describe("ec2:DescribeSecurityGroups", "security groups", ids[0]),
            async token =>
            {
                var answer = await connection.Ec2.DescribeSecurityGroupsAsync(
                    new DescribeSecurityGroupsRequest { Filters = [new Filter("group-id", [.. ids])], NextToken = token }, cancellationToken);
                return (answer.SecurityGroups, answer.NextToken);
            },
            cancellationToken);
        return found.ToDictionary(group => group.GroupId, group => group.VpcId ?? "", StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RouteTableState>> FindRouteTablesAsync(string vpcId, CancellationToken cancellationToken)
    {
        var found = await PagesAsync(
            Describe("ec2:DescribeRouteTables", "route tables of", vpcId),
            async token =>
            {
                var answer = await connection.Ec2.DescribeRouteTablesAsync(
                    new DescribeRouteTablesRequest { Filters = [new Filter("vpc-id", [vpcId])], NextToken = token }, cancellationToken);
                return (answer.RouteTables, answer.NextToken);
            },
            cancellationToken);
        return [.. found.Select(table => new RouteTableState(
            table.RouteTableId,
            (table.Associations ?? []).Exists(association => association.Main == true),
            [.. (table.Associations ?? []).Select(association => association.SubnetId).OfType<string>()],
            [.. (table.Routes ?? []).Select(Route)]))];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<VpcEndpointState>> FindEndpointsAsync(string vpcId, CancellationToken cancellationToken)
    {
        var found = await PagesAsync(
            Describe("ec2:DescribeVpcEndpoints", "VPC endpoints of", vpcId),
            async token =>
            {
                var answer = await connection.Ec2.DescribeVpcEndpointsAsync(
                    new DescribeVpcEndpointsRequest { Filters = [new Filter("vpc-id", [vpcId])], NextToken = token }, cancellationToken);
                return (answer.VpcEndpoints, answer.NextToken);
            },
            cancellationToken);
        return [.. found
            .Where(endpoint => string.Equals(endpoint.State?.Value, "available", StringComparison.OrdinalIgnoreCase))
            .Select(endpoint => new VpcEndpointState(
                endpoint.VpcEndpointId,
                endpoint.ServiceName ?? "",
                string.Equals(endpoint.VpcEndpointType?.Value, "Gateway", StringComparison.OrdinalIgnoreCase),
                [.. endpoint.RouteTableIds ?? []]))];
    }

    private static AwsOperation Describe(string right, string noun, string id) => new(right, "describe", noun, id);

    private static RouteState Route(Route route) => new(
        route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? "?",
        route.NatGatewayId ?? route.TransitGatewayId ?? route.VpcPeeringConnectionId ?? route.EgressOnlyInternetGatewayId ?? route.NetworkInterfaceId
            ?? route.InstanceId ?? route.CarrierGatewayId ?? route.LocalGatewayId ?? route.CoreNetworkArn ?? route.GatewayId ?? "?",
        route.State?.Value != "blackhole");

    private ValueTask<List<T>> PagesAsync<T>(
        AwsOperation operation, Func<string?, Task<(List<T>? Items, string? Next)>> ask, CancellationToken cancellationToken) =>
        Pages.ReadAsync<T>(token => aws.FinallyAsync(operation, () => ask(token), cancellationToken)).ToListAsync(cancellationToken);
}
