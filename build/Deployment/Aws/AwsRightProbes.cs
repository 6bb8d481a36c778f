using Amazon.ECR.Model;
using Amazon.ECS.Model;
using Slipway.Deployment.Preflight;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Aws;

/// <summary>
/// Requests for things that are not there: IAM answers before the service looks, so that "not found" proves the right. Where a
/// deployment's own questions prove a right, it has no probe here.
/// </summary>
public sealed class AwsRightProbes(AwsConnection connection, TimeProvider time)
{
    private const string NoDigest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    private const string NoTask = "00000000000000000000000000000000";

    private readonly AwsCall aws = new(connection.Errors, time);

    /// <summary>The probes for an environment.</summary>
    public IReadOnlyList<RightProbe> For(DeploymentSettings settings) =>
    [
        Probe("ecr:BatchGetImage", true, token => connection.Ecr.BatchGetImageAsync(
            new BatchGetImageRequest { RepositoryName = settings.Repository, ImageIds = [new ImageIdentifier { ImageDigest = NoDigest }] }, token)),
        Probe("ecr:BatchCheckLayerAvailability", settings.StartsFrom is null, token => connection.Ecr.BatchCheckLayerAvailabilityAsync(
            new BatchCheckLayerAvailabilityRequest { RepositoryName = settings.Repository, LayerDigests = [NoDigest] }, token)),
        Probe("ecs:ListTasks", true, token => connection.Ecs.ListTasksAsync(
            new ListTasksRequest { Cluster = settings.Cluster, ServiceName = settings.Service, MaxResults = 1 }, token)),
        Probe("ecs:DescribeTasks", true, token => connection.Ecs.DescribeTasksAsync(
            new DescribeTasksRequest { Cluster = settings.Cluster, Tasks = [NoTask] }, token)),
        Probe("ecs:ListServiceDeployments", true, token => connection.Ecs.ListServiceDeploymentsAsync(
            new ListServiceDeploymentsRequest { Cluster = settings.Cluster, Service = settings.Service, MaxResults = 1 }, token)),
    ];

    private RightProbe Probe<T>(string right, bool isNeeded, Func<CancellationToken, Task<T>> ask) => new(
        right, isNeeded, token => aws.FinallyAsync(new AwsOperation(right, "try", "right", right), () => ask(token), token));
}
