using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Slipway.Deployment.Aws;

/// <summary>Refuses what is not on its list, before the request is made, signed or sent.</summary>
internal sealed class ReadOnlyHandler : PipelineHandler
{
    /// <summary>The operations that this program reads with. A list, not a pattern: a name that begins with "Get" is no promise.</summary>
    internal static readonly IReadOnlySet<string> Allowed = new HashSet<string>(StringComparer.Ordinal)
    {
        "GetCallerIdentity",
        "DescribeRepositories", "BatchGetImage", "GetAuthorizationToken",
        "DescribeServices", "DescribeTaskDefinition", "DescribeTasks", "DescribeServiceDeployments", "DescribeServiceRevisions", "ListServiceDeployments",
        "ListTasks",
        "DescribeClusters", "DescribeLogGroups", "GetLogEvents", "BatchCheckLayerAvailability",
        "DescribeRegions", "DescribeSubnets", "DescribeSecurityGroups", "DescribeRouteTables", "DescribeVpcEndpoints", "DescribeParameters",
    };

    public override void InvokeSync(IExecutionContext executionContext)
    {
        Check(executionContext.RequestContext);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Check(executionContext.RequestContext);
        return base.InvokeAsync<T>(executionContext);
    }

    private static void Check(IRequestContext context)
    {
        if (!ReadOnlyClients.Contains(context.ClientConfig)) return;
        var operation = context.RequestName.EndsWith("Request", StringComparison.Ordinal) ? context.RequestName[..^7] : context.RequestName;
        if (!Allowed.Contains(operation)) throw new NotReadOnlyException($"the operation '{operation}'");
    }
}
