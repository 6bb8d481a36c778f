using Amazon.CloudWatchLogs.Model;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Amazon.SimpleSystemsManagement.Model;
using Slipway.Deployment.Preflight;

namespace Slipway.Deployment.Aws;

/// <summary>What only the preflight asks of ECS, CloudWatch Logs, SSM and EC2.</summary>
public sealed class AccountReader(AwsConnection connection, TimeProvider time) : IAccountReader
{
    // SSM takes no more in one filter.
    private const int ParametersPerCall = 50;

    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<ClusterState?> FindClusterAsync(string cluster, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:DescribeClusters", "describe", "cluster", cluster);
        var answer = await aws.FinallyAsync(
            operation, () => connection.Ecs.DescribeClustersAsync(new DescribeClustersRequest { Clusters = [cluster] }, cancellationToken), cancellationToken);
        return answer.Clusters is [var found, ..] ? new ClusterState(found.ClusterArn ?? cluster, found.Status ?? "of no status") : null;
    }

    /// <inheritdoc />
    public async Task<bool> HasLogGroupAsync(string? region, string name, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("logs:DescribeLogGroups", "describe", "log group", name);
        var groups = Pages.ReadAsync(async token =>
        {
            var request = new DescribeLogGroupsRequest { LogGroupNamePrefix = name, NextToken = token };
            var answer = await aws.FinallyAsync(operation, () => connection.Logs(region).DescribeLogGroupsAsync(request, cancellationToken), cancellationToken);
            return (answer.LogGroups, answer.NextToken);
        });
        return await groups.AnyAsync(group => group.LogGroupName == name, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> FindMissingParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var missing = names.ToHashSet(StringComparer.Ordinal);
        foreach (var chunk in missing.Chunk(ParametersPerCall))
        {
            var operation = new AwsOperation("ssm:DescribeParameters", "describe", "parameters", chunk[0]);
            var found = Pages.ReadAsync(async token =>
            {
                var request = new DescribeParametersRequest
                {
                    ParameterFilters = [new ParameterStringFilter { Key = "Name", Option = "Equals", Values = [.. chunk] }],
                    NextToken = token,
                };
                var answer = await aws.FinallyAsync(operation, () => connection.Ssm.DescribeParametersAsync(request, cancellationToken), cancellationToken);
                return (answer.Parameters, answer.NextToken);
            });
            await foreach (var parameter in found) missing.Remove(parameter.Name);
        }

        return [.. missing];
    }

    /// <inheritdoc />
    public async Task<string?> FindRegionStatusAsync(string region, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ec2:DescribeRegions", "describe", "region", region);
        var answer = await aws.FinallyAsync(
            operation,
            () => connection.Ec2.DescribeRegionsAsync(
                new DescribeRegionsRequest { AllRegions = true, Filters = [new Filter("region-name", [region])] }, cancellationToken),
            cancellationToken);
        return (answer.Regions ?? []).Find(found => found.RegionName == region)?.OptInStatus;
    }
}
