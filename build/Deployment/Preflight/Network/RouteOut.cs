namespace Slipway.Deployment.Preflight.Network;

/// <summary>How a task in a subnet reaches ECR and CloudWatch Logs, if at all. Pure.</summary>
/// <param name="IsThere">Whether there is a way.</param>
/// <param name="Sentence">Which, or what is missing.</param>
/// <param name="Remedy">What to try; null where there is a way.</param>
internal sealed record RouteOut(bool IsThere, string Sentence, string? Remedy)
{
    /// <summary>What a task on Fargate needs; S3 keeps the layers.</summary>
    private static readonly string[] Services = ["ecr.api", "ecr.dkr", "s3"];

    /// <summary>Looks for the way: the default route of the subnet's route table, else VPC endpoints for all that is needed.</summary>
    /// <param name="subnet">The subnet.</param>
    /// <param name="hasPublicIp">Whether tasks get a public address.</param>
    /// <param name="needsLogs">Whether they write to CloudWatch Logs.</param>
    /// <param name="tables">The route tables of the VPC.</param>
    /// <param name="endpoints">The endpoints of the VPC.</param>
    public static RouteOut Of(
        SubnetState subnet, bool hasPublicIp, bool needsLogs, IReadOnlyList<RouteTableState> tables, IReadOnlyList<VpcEndpointState> endpoints)
    {
        var table = tables.FirstOrDefault(candidate => candidate.Subnets.Contains(subnet.Id)) ?? tables.FirstOrDefault(candidate => candidate.IsMain);
        if (table is null) return new(false, $"no route table of '{subnet.VpcId}' is that of the subnet", "give the subnet a route table");
        var missing = Services.Concat(needsLogs ? ["logs"] : []).Where(service => !endpoints.Any(endpoint => Serves(endpoint, service, table))).ToList();
        if (missing.Count == 0) return new(true, "VPC endpoints lead to ECR, S3 and CloudWatch Logs", null);

        var route = table.Routes.FirstOrDefault(candidate => candidate.Destination is "0.0.0.0/0" or "::/0");
        var endpointsFor = $"VPC endpoints for {string.Join(", ", missing)}";
        return route switch
        {
            null => new(false, $"route table '{table.Id}' leads nowhere outside, and there are no {endpointsFor}",
                $"add a route 0.0.0.0/0 to a NAT gateway to '{table.Id}', or {endpointsFor}"),
            { IsActive: false } => new(false, $"the default route of '{table.Id}' leads to '{route.Target}', which is gone",
                $"replace that route, or add {endpointsFor}"),
            _ when route.Target.StartsWith("igw-", StringComparison.Ordinal) && !hasPublicIp => new(
                false, $"the default route leads to the internet gateway '{route.Target}', which needs a public address, and assignPublicIp is DISABLED",
                $"set assignPublicIp to ENABLED in the service's network configuration, or give '{table.Id}' a route to a NAT gateway, or add {endpointsFor}"),
            _ => new(true, $"out through '{route.Target}'", null),
        };
    }

    private static bool Serves(VpcEndpointState endpoint, string service, RouteTableState table) =>
        endpoint.Service.EndsWith($".{service}", StringComparison.Ordinal) && (!endpoint.IsGateway || endpoint.RouteTables.Contains(table.Id));
}
