using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Rollouts;

namespace Slipway.Deployment.Tests.Rollbacks;

/// <summary>The fake service, with something that happens inside of a look or of the calls that change it.</summary>
internal sealed class InterceptedService(FakeService inner) : IServiceDeployer
{
    public Func<CancellationToken, Task> OnUpdate { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnStop { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnFind { get; set; } = _ => Task.CompletedTask;

    public async Task<ServiceState?> FindServiceAsync(string cluster, string service, CancellationToken cancellationToken)
    {
        await OnFind(cancellationToken);
        return await inner.FindServiceAsync(cluster, service, cancellationToken);
    }

    public Task<LiveTaskDefinition?> FindTaskDefinitionAsync(string familyOrArn, CancellationToken cancellationToken) =>
        inner.FindTaskDefinitionAsync(familyOrArn, cancellationToken);

    public Task<string> RegisterTaskDefinitionAsync(string family, ReadOnlyMemory<byte> document, CancellationToken cancellationToken) =>
        inner.RegisterTaskDefinitionAsync(family, document, cancellationToken);

    public async Task<ServiceState> UpdateServiceAsync(ServiceUpdate update, CancellationToken cancellationToken)
    {
        await OnUpdate(cancellationToken);
        return await inner.UpdateServiceAsync(update, cancellationToken);
    }

    public Task<IReadOnlyList<TaskState>> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken) =>
        inner.ListTasksAsync(cluster, service, cancellationToken);

    public Task<ServiceDeploymentState?> FindServiceDeploymentAsync(string arn, CancellationToken cancellationToken) =>
        inner.FindServiceDeploymentAsync(arn, cancellationToken);

    public Task<IReadOnlyList<ServiceDeploymentState>?> ListServiceDeploymentsAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken) =>
        inner.ListServiceDeploymentsAsync(cluster, service, createdSince, cancellationToken);

    public Task<IReadOnlyList<ServiceRevisionState>> FindServiceRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken) =>
        inner.FindServiceRevisionsAsync(arns, cancellationToken);

    public async Task StopServiceDeploymentAsync(string arn, bool rollback, CancellationToken cancellationToken)
    {
        await OnStop(cancellationToken);
        await inner.StopServiceDeploymentAsync(arn, rollback, cancellationToken);
    }
}
