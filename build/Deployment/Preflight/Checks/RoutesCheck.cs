using Slipway.Deployment.Preflight.Network;
using Slipway.Deployment.TaskDefinitions;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether tasks in the service's subnets reach ECR and CloudWatch Logs.</summary>
internal sealed class RoutesCheck(CloudFacts facts, PreflightPorts ports) : ICheck
{
    public string Name => "way out";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var subnets = await facts.Subnets.AskAsync(cancellationToken);
        if (!subnets.HasValue || subnets.Value!.Count == 0) return CheckNode.Skip(Name, "because the subnets are not known");
        await facts.Definition.AskAsync(cancellationToken);
        var nodes = await Task.WhenAll(subnets.Value.GroupBy(subnet => subnet.VpcId).Select(vpc => LookAsync(vpc.Key, [.. vpc], cancellationToken)));
        return CheckNode.Group(Name, [.. nodes.SelectMany(node => node)]);
    }

    private async Task<IReadOnlyList<CheckNode>> LookAsync(string vpc, IReadOnlyList<SubnetState> subnets, CancellationToken cancellationToken)
    {
        var tables = new Question<IReadOnlyList<RouteTableState>>("ec2:DescribeRouteTables", facts.Limit, token => ports.Network.FindRouteTablesAsync(vpc, token))
            .AskAsync(cancellationToken);
        var endpoints = new Question<IReadOnlyList<VpcEndpointState>>("ec2:DescribeVpcEndpoints", facts.Limit, token => ports.Network.FindEndpointsAsync(vpc, token))
            .AskAsync(cancellationToken);
        await Task.WhenAll(tables, endpoints);
        var (routes, known) = (await tables, await endpoints);
        if (!routes.HasValue) return [routes.Explain(vpc, isNeeded: false)];
        var needsLogs = facts.Definition.Known?.Document.Containers.Any(LogGroup.IsUsedBy) ?? true;
        return [.. subnets.Select(subnet =>
        {
            var way = RouteOut.Of(subnet, facts.Placement!.AssignPublicIp, needsLogs, routes.Value!, known.Value ?? []);
            return way.IsThere ? CheckNode.Ok(subnet.Id, way.Sentence)
                : known.HasValue ? CheckNode.Ng(subnet.Id, $"A task in '{subnet.Id}' reaches no registry: {way.Sentence}.", way.Remedy)
                : CheckNode.Skip(subnet.Id, $"{way.Sentence}; the VPC endpoints are not known: {known.Explain(vpc, isNeeded: false).Found}");
        })];
    }
}
