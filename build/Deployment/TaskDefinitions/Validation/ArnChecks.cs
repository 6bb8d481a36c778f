using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What holds for every ARN in a document.</summary>
internal static class ArnChecks
{
    /// <summary>Beginnings of regions, and their partitions; every other region is in "aws".</summary>
    private static readonly (string Region, string Partition)[] Partitions =
    [
        ("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-iso-", "aws-iso"), ("us-isob-", "aws-iso-b"), ("eu-isoe-", "aws-iso-e"), ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];

    public static TaskDefinitionRule OtherPartition { get; } = RuleSource.Arns.Error("arn-partition", "An ARN lies in the partition of the deployment's region");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [OtherPartition];

    public static void Partition(CheckRun run, JToken token, Arn arn)
    {
        var wanted = PartitionOf(run.Context.Region);
        if (arn.Partition != wanted)
            run.Add(token, OtherPartition, "Nothing reaches from one partition into another.", $"\"arn:{wanted}:…\" with region {run.Context.Region}", FoundText.Quoted($"arn:{arn.Partition}:…"));
    }

    /// <summary>The partition that a region lies in.</summary>
    public static string PartitionOf(string region)
    {
        foreach (var (beginning, partition) in Partitions)
        {
            if (region.StartsWith(beginning, StringComparison.Ordinal)) return partition;
        }

        return "aws";
    }
}
