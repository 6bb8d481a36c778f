using System.Globalization;
using Slipway.Deployment.Tests.Support;
using static Slipway.Deployment.Tests.Aws.Contract.ContractAccount;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>What Verify and Bootstrap look at around a service.</summary>
internal static class SurroundingCases
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        Case("ecs:DescribeClusters", "a cluster", "ACTIVE", async account => (await account.Account.FindClusterAsync(Cluster, None))?.Status ?? "none"),
        Case("ecs:DescribeClusters", "no such cluster", "none", async account => (await account.Account.FindClusterAsync("nowhere", None))?.Status ?? "none"),
        Case("logs:DescribeLogGroups", "by its whole name", "True, False, False", async account =>
            $"{await account.Account.HasLogGroupAsync(null, LogGroup, None)}, {await account.Account.HasLogGroupAsync(null, "/ecs", None)}, {await account.Account.HasLogGroupAsync(null, "/none", None)}"),
        Case("ecr:BatchCheckLayerAvailability", "the right to ask", "allowed", async account =>
        {
            var probes = account.Probes.For(TestSettings.Local with { Repository = Repository, Cluster = Cluster });
            await probes.Single(probe => probe.Right == "ecr:BatchCheckLayerAvailability").TryAsync(None);
            return "allowed";
        }),
        Case("ssm:DescribeParameters", "one that is not there", "/nowhere", async account =>
            string.Join(", ", await account.Account.FindMissingParametersAsync(["/nowhere"], None))),
        Case("ec2:DescribeRegions", "a region", "opt-in-not-required", async account => await account.Account.FindRegionStatusAsync("us-east-1", None) ?? "none"),
        Case("ec2:DescribeSubnets", "one of two", "1", async account =>
            Count((await account.Network.FindSubnetsAsync([account.Placement.Subnets[0], "subnet-00000000000000000"], None)).Count)),
        Case("ec2:DescribeSecurityGroups", "one of two", "1", async account =>
            Count((await account.Network.FindSecurityGroupsAsync([account.Placement.SecurityGroups[0], "sg-00000000000000000"], None)).Count)),
        Case("ec2:DescribeRouteTables", "of no VPC", "0", async account => Count((await account.Network.FindRouteTablesAsync("vpc-00000000000000000", None)).Count)),
        Case("ec2:DescribeVpcEndpoints", "of no VPC", "0", async account => Count((await account.Network.FindEndpointsAsync("vpc-00000000000000000", None)).Count)),
    ];

    private static ContractCase Case(string permission, string name, string expected, Func<ContractAccount, Task<string>> ask) =>
        new(permission, name, expected, account => ask((ContractAccount)account));

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
