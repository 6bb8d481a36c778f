using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>Addresses in the AWS console, by the partition of an ARN; the embedded cloud has one page for everything. Pure.</summary>
public static class ConsoleLinks
{
    /// <summary>The service, its deployments, its events.</summary>
    /// <param name="localPage">The page of the embedded cloud; null on AWS.</param>
    /// <param name="arn">An ARN of the same account and partition.</param>
    /// <param name="region">The region.</param>
    /// <param name="cluster">The cluster's name or ARN.</param>
    /// <param name="service">The service's name.</param>
    public static IReadOnlyList<ReportLink> OfService(string? localPage, string arn, string region, string cluster, string service)
    {
        if (localPage is not null) return [new ReportLink("service, events and logs", localPage)];
        if (HostOf(arn, region) is not { } host) return [];

        var path = $"{host}/ecs/v2/clusters/{Uri.EscapeDataString(ResourceName.Of(cluster))}/services/{Uri.EscapeDataString(ResourceName.Of(service))}";
        return
        [
            new ReportLink("service", $"{path}/health?region={region}"),
            new ReportLink("deployments", $"{path}/deployments?region={region}"),
            new ReportLink("events", $"{path}/events?region={region}"),
        ];
    }

    /// <summary>A log stream; null on the embedded cloud, whose page shows them all, and in a partition whose console is not known.</summary>
    public static ReportLink? OfLog(string? localPage, string arn, string region, LogStreamName stream)
    {
        var place = stream.Region ?? region;
        return localPage is null && HostOf(arn, place) is { } host
            ? new ReportLink(
                $"log group {stream.Group}",
                $"{host}/cloudwatch/home?region={place}#logsV2:log-groups/log-group/{Fragment(stream.Group)}/log-events/{Fragment(stream.Stream)}")
            : null;
    }

    /// <summary>A log group; null where <see cref="OfLog"/> is.</summary>
    public static ReportLink? OfLogGroup(string? localPage, string arn, string region, string group) =>
        localPage is null && HostOf(arn, region) is { } host
            ? new ReportLink($"log group {group}", $"{host}/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{Fragment(group)}")
            : null;

    private static string? HostOf(string arn, string region) => arn.Split(':', 3) is not ["arn", var partition, _] ? null : partition switch
    {
        "aws" => $"https://{region}.console.aws.amazon.com",
        "aws-cn" => $"https://{region}.console.amazonaws.cn",
        "aws-us-gov" => $"https://{region}.console.amazonaws-us-gov.com",
        _ => null,
    };

    // The CloudWatch console decodes what stands behind the '#' twice, with '$' for '%'.
    private static string Fragment(string name) =>
        Uri.EscapeDataString(Uri.EscapeDataString(name)).Replace("%", "$", StringComparison.Ordinal);
}
