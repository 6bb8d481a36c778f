using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Slipway.Deployment.Services;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Deployment.Aws;

/// <summary>The service deployments of Amazon ECS, the newer of its two accounts of a rollout.</summary>
internal sealed class EcsServiceDeployments(AwsConnection connection, TimeProvider time)
{
    private const int PerPage = 100;

    private readonly AwsCall aws = new(connection.Errors, time);
    private bool areNotOffered;

    public Task<ServiceDeploymentState?> FindAsync(string arn, CancellationToken cancellationToken) => OrNoneAsync(async () =>
    {
        var answer = await aws.OnceAsync(
            new AwsOperation("ecs:DescribeServiceDeployments", "describe", "service deployment", arn),
            () => connection.Ecs.DescribeServiceDeploymentsAsync(
                new DescribeServiceDeploymentsRequest { ServiceDeploymentArns = [arn] }, cancellationToken),
            cancellationToken);
        return answer.ServiceDeployments is [var found, ..] ? EcsMapping.ServiceDeployment(found) : null;
    });

    public Task<IReadOnlyList<ServiceDeploymentState>?> ListAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken) => OrNoneAsync(async () =>
    {
        var request = new ListServiceDeploymentsRequest
        {
            Cluster = cluster,
            Service = service,
            MaxResults = PerPage,
            CreatedAt = createdSince is { } since ? new CreatedAt { After = since.UtcDateTime } : null,
        };
        var answer = await aws.OnceAsync(
            new AwsOperation("ecs:ListServiceDeployments", "list", "service deployments of", service),
            () => connection.Ecs.ListServiceDeploymentsAsync(request, cancellationToken),
            cancellationToken);
        IReadOnlyList<ServiceDeploymentState> found =
            [.. (answer.ServiceDeployments ?? []).Select(EcsMapping.ServiceDeployment).OrderByDescending(deployment => deployment.CreatedAt)];
        return found;
    });

    public async Task<IReadOnlyList<ServiceRevisionState>> FindRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken)
    {
        if (arns.Count == 0) return [];
        var answer = await aws.OnceAsync(
            new AwsOperation("ecs:DescribeServiceRevisions", "describe", "service revision", arns[0]),
            () => connection.Ecs.DescribeServiceRevisionsAsync(
                new DescribeServiceRevisionsRequest { ServiceRevisionArns = [.. arns] }, cancellationToken),
            cancellationToken);
        return [.. (answer.ServiceRevisions ?? []).Select(EcsMapping.ServiceRevision)];
    }

    public Task StopAsync(string arn, bool rollback, CancellationToken cancellationToken) => aws.PatientlyAsync(
        new AwsOperation("ecs:StopServiceDeployment", "stop", "service deployment", arn),
        () => connection.Ecs.StopServiceDeploymentAsync(
            new StopServiceDeploymentRequest
            {
                ServiceDeploymentArn = arn,
                StopType = rollback ? StopServiceDeploymentStopType.ROLLBACK : StopServiceDeploymentStopType.ABORT,
            },
            cancellationToken),
        cancellationToken);

    private async Task<T?> OrNoneAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        if (areNotOffered) return null;
        try
        {
            return await ask();
        }
        catch (SlipwayException refused) when (refused.InnerException is AmazonServiceException answer && !AwsErrorCodes.IsAboutCredentials(answer.ErrorCode))
        {
            // Not allowed, or a cloud without this API: the deployments of the service tell enough. One that is not there (yet) says nothing of others.
            areNotOffered = answer.ErrorCode != "ServiceDeploymentNotFoundException";
            return null;
        }
    }
}
