using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight.Checks;

/// <summary>Whether the service's security groups are there, in the VPC of its subnets.</summary>
internal sealed class SecurityGroupsCheck(DeploymentSettings settings, CloudFacts facts, PreflightPorts ports) : ICheck
{
    public string Name => "security groups";

    public async Task<CheckNode> RunAsync(CancellationToken cancellationToken)
    {
        var service = (await facts.Service.AskAsync(cancellationToken)).Value;
        if (service is null) return CheckNode.Skip(Name, "because the service is not known");
        var ids = service.Placement.SecurityGroups;
        if (ids.Count == 0) return CheckNode.Skip(Name, "the service names none: that of its VPC's default counts");
        var answer = await new Question<IReadOnlyDictionary<string, string>>(
            "ec2:DescribeSecurityGroups", facts.Limit, token => ports.Network.FindSecurityGroupsAsync(ids, token), facts.WithoutCallerAsync)
            .AskAsync(cancellationToken);
        if (!answer.HasValue) return answer.Explain(Name, isNeeded: false);
        var vpcs = (await facts.Subnets.AskAsync(cancellationToken)).Value?.Select(subnet => subnet.VpcId).ToHashSet(StringComparer.Ordinal);
        return CheckNode.Group(Name, [.. ids.Select(id => Judge(id, answer.Value!.GetValueOrDefault(id), vpcs))]);
    }

    private CheckNode Judge(string id, string? vpc, HashSet<string>? vpcs) => vpc switch
    {
        null => CheckNode.Ng(
            id, $"Security group '{id}' of the service's network configuration does not exist in region {settings.Region}.",
            "correct the network configuration of the service"),
        _ when vpcs is { Count: > 0 } && !vpcs.Contains(vpc) => CheckNode.Ng(
            id, $"Security group '{id}' is in '{vpc}', and the service's subnets are in '{string.Join("', '", vpcs)}'.",
            "name security groups and subnets of one VPC in the network configuration of the service"),
        _ => CheckNode.Ok(id, $"is there, in '{vpc}'"),
    };
}
