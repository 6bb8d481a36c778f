using Amazon.CloudWatchLogs.Model;

namespace Slipway.Deployment.Aws;

/// <summary>The log groups of Amazon CloudWatch Logs.</summary>
/// <param name="connection">The account.</param>
/// <param name="time">The clock.</param>
public sealed class CloudWatchLogGroups(AwsConnection connection, TimeProvider time)
{
    private readonly AwsCall aws = new(connection.Errors, time);

    /// <summary>Whether there is a group of this name.</summary>
    /// <param name="region">Its region; null: the environment's.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<bool> ExistsAsync(string? region, string name, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("logs:DescribeLogGroups", "describe", "log group", name);
        for (string? token = null; ;)
        {
            var request = new DescribeLogGroupsRequest { LogGroupNamePrefix = name, NextToken = token };
            var answer = await aws.FinallyAsync(operation, () => connection.Logs(region).DescribeLogGroupsAsync(request, cancellationToken), cancellationToken);
            if ((answer.LogGroups ?? []).Exists(group => group.LogGroupName == name)) return true;
            if (string.IsNullOrEmpty(answer.NextToken) || answer.NextToken == token) return false;
            token = answer.NextToken;
        }
    }
}
