namespace Slipway.Deployment.Services;

/// <summary>What to change about a service.</summary>
/// <param name="Cluster">The cluster's name or ARN.</param>
/// <param name="Service">The service's name.</param>
/// <param name="TaskDefinitionArn">The revision to deploy.</param>
/// <param name="DesiredCount">The number of tasks; null leaves it as it is.</param>
public sealed record ServiceUpdate(string Cluster, string Service, string TaskDefinitionArn, int? DesiredCount)
{
    /// <summary>Whether a new deployment begins though nothing else changes.</summary>
    public bool ForceNewDeployment { get; init; }
}

/// <summary>A task definition as the service knows it.</summary>
/// <param name="Arn">With the revision: "arn:aws:ecs:…:task-definition/family:7".</param>
/// <param name="Json">The whole answer in AWS's own shape, members that this program does not know included; "tags" lie inside.</param>
public sealed record LiveTaskDefinition(string Arn, string Json)
{
    /// <summary>The user or role session that registered it; null where the cloud does not tell.</summary>
    public string? RegisteredBy { get; init; }
}

/// <summary>
/// Amazon ECS in this program's words. Failures are <see cref="SlipwayException"/>s, except those that another try may
/// cure, which are <see cref="TransientServiceException"/>s once the client's own retries are used up.
/// </summary>
public interface IServiceDeployer
{
    /// <summary>The service with its deployments and events; null where the cluster has no service of this name.</summary>
    Task<ServiceState?> FindServiceAsync(string cluster, string service, CancellationToken cancellationToken);

    /// <summary>A task definition by family (its latest active revision), "family:revision" or ARN; null where there is none.</summary>
    Task<LiveTaskDefinition?> FindTaskDefinitionAsync(string familyOrArn, CancellationToken cancellationToken);

    /// <summary>Registers the document, byte for byte as given, and returns the new revision's ARN.</summary>
    /// <param name="family">The family that the document names.</param>
    /// <param name="document">The document in AWS's own shape, UTF-8.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<string> RegisterTaskDefinitionAsync(string family, ReadOnlyMemory<byte> document, CancellationToken cancellationToken);

    /// <summary>Updates the service and returns it as it is right after: its primary deployment is the one that this call started or joined.</summary>
    Task<ServiceState> UpdateServiceAsync(ServiceUpdate update, CancellationToken cancellationToken);

    /// <summary>The service's tasks, the running ones and those that stopped within about the last hour, newest first.</summary>
    Task<IReadOnlyList<TaskState>> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken);

    /// <summary>
    /// The service deployment (the newer API, with rollback and circuit breaker figures) by its ARN; null where the
    /// cloud, or this caller's permissions, do not offer it.
    /// </summary>
    Task<ServiceDeploymentState?> FindServiceDeploymentAsync(string arn, CancellationToken cancellationToken);

    /// <summary>
    /// The service's service deployments, newest first, with ARN, status and times only; at most the newest hundred. Null where the cloud, or
    /// this caller's permissions, do not offer them.
    /// </summary>
    /// <param name="cluster">The cluster's name or ARN.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="createdSince">Older ones are left out; null: all of them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ServiceDeploymentState>?> ListServiceDeploymentsAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken);

    /// <summary>Service revisions by their ARNs, at most 20; those that are gone are left out.</summary>
    Task<IReadOnlyList<ServiceRevisionState>> FindServiceRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken);

    /// <summary>Ends a service deployment that is under way.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <param name="rollback">True: ECS goes back to the last service revision that came up. False: what runs stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task StopServiceDeploymentAsync(string arn, bool rollback, CancellationToken cancellationToken);
}
