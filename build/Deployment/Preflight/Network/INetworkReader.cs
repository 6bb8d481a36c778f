namespace Slipway.Deployment.Preflight.Network;

/// <summary>A subnet.</summary>
/// <param name="Id">"subnet-0f1e".</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Zone">"us-east-1a".</param>
/// <param name="FreeAddresses">How many addresses are free.</param>
public sealed record SubnetState(string Id, string VpcId, string Zone, int FreeAddresses);

/// <summary>A route table.</summary>
/// <param name="Id">"rtb-0f1e".</param>
/// <param name="IsMain">Whether it is that of all subnets without one of their own.</param>
/// <param name="Subnets">The subnets that it is given to.</param>
/// <param name="Routes">Its routes.</param>
public sealed record RouteTableState(string Id, bool IsMain, IReadOnlyList<string> Subnets, IReadOnlyList<RouteState> Routes);

/// <summary>A route.</summary>
/// <param name="Destination">"0.0.0.0/0", "::/0", "10.0.0.0/16", "pl-…".</param>
/// <param name="Target">"igw-…", "nat-…", "tgw-…", "vpce-…", "local", …</param>
/// <param name="IsActive">False for a route whose target is gone.</param>
public sealed record RouteState(string Destination, string Target, bool IsActive);

/// <summary>A VPC endpoint.</summary>
/// <param name="Id">"vpce-0f1e".</param>
/// <param name="Service">"com.amazonaws.us-east-1.ecr.api".</param>
/// <param name="IsGateway">A gateway endpoint, which works through route tables; else one with interfaces.</param>
/// <param name="RouteTables">The route tables of a gateway endpoint.</param>
public sealed record VpcEndpointState(string Id, string Service, bool IsGateway, IReadOnlyList<string> RouteTables);

/// <summary>The network that tasks are placed in (for AWS: EC2). Failures are as those of the container service.</summary>
public interface INetworkReader
{
    /// <summary>Those of some subnets that exist.</summary>
    Task<IReadOnlyList<SubnetState>> FindSubnetsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The ids of those of some security groups that exist, each with its VPC.</summary>
    Task<IReadOnlyDictionary<string, string>> FindSecurityGroupsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The route tables of a VPC.</summary>
    Task<IReadOnlyList<RouteTableState>> FindRouteTablesAsync(string vpcId, CancellationToken cancellationToken);

    /// <summary>The VPC endpoints of a VPC that can be used.</summary>
    Task<IReadOnlyList<VpcEndpointState>> FindEndpointsAsync(string vpcId, CancellationToken cancellationToken);
}
