using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>What a service shall run from now on.</summary>
/// <param name="TaskDefinitionArn">The revision.</param>
/// <param name="ImageDigest">The digest that its tasks are compared with; null where it is not known.</param>
/// <param name="Fingerprint">Of the image's inputs; null where the run did not start from them.</param>
/// <param name="DesiredCount">How many tasks; null leaves the service's own number.</param>
internal sealed record DeploymentOrder(string TaskDefinitionArn, string? ImageDigest, string? Fingerprint, int? DesiredCount)
{
    /// <summary>Whether it goes back to an earlier revision.</summary>
    public bool IsRollback { get; init; }

    /// <summary>Whether another deployment of a revision that the service has already takes the place of one that failed.</summary>
    public bool BeginsAnew { get; init; }
}

/// <summary>Updates a service and writes <c>deployment.json</c>, so that WaitStable can follow the deployment. Waits for nothing.</summary>
public sealed class StartDeployment(DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, IReport report, TimeProvider time)
{
    /// <summary>Updates the service; a deployment of the same revision that is under way is joined.</summary>
    internal async Task<DeploymentArtifact> RunAsync(ServiceState before, Caller caller, DeploymentOrder order, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var after = await UpdateAsync(
            new ServiceUpdate(settings.Cluster, settings.Service, order.TaskDefinitionArn, order.DesiredCount) { ForceNewDeployment = order.BeginsAnew },
            cancellationToken);
        var primary = after.Primary ?? throw new SlipwayException(
            ExitCode.PreconditionFailed, $"ECS updated service '{after.Name}' and shows no primary deployment for it.",
            "look at the service's deployment controller: only ECS's own is supported");

        var isJoined = before.FindDeployment(primary.Id) is not null;
        var revision = ResourceName.Of(order.TaskDefinitionArn);
        report.Fact(isJoined
            ? $"Deployment '{primary.Id}' of '{revision}' was there before this run; it is followed."
            : order.BeginsAnew
                ? $"Started deployment '{primary.Id}' of '{revision}' on service '{after.Name}': the one before did not come up."
                : $"Started deployment '{primary.Id}' of '{revision}' on service '{after.Name}'.");

        // An ARN from before the update belongs to another deployment, unless ours is that one.
        var isOurs = isJoined || after.ServiceDeploymentArn != before.ServiceDeploymentArn;
        var previous = isJoined ? PreviousOf(before, primary.Id) ?? RecordedPrevious(primary.Id) : LiveBefore(before);
        return Keep(after with { ServiceDeploymentArn = isOurs ? after.ServiceDeploymentArn : null }, caller, order, previous, false, startedAt);
    }

    /// <summary>Writes down that the service runs already what it shall run.</summary>
    internal DeploymentArtifact KeepNothingToDo(ServiceState service, Caller caller, DeploymentOrder order) =>
        Keep(service, caller, order, RecordedPrevious(service.Primary!.Id), true, time.GetUtcNow());

    /// <summary>Writes down a deployment that ECS itself has begun.</summary>
    internal DeploymentArtifact KeepBegun(ServiceState service, Caller caller, DeploymentOrder order, string? previous, DateTimeOffset startedAt) =>
        Keep(service with { ServiceDeploymentArn = null }, caller, order, previous, false, startedAt);

    /// <summary>The answer is awaited by a cancelled run, too: only it names the deployment that has begun.</summary>
    private async Task<ServiceState> UpdateAsync(ServiceUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            return await LastCall.AwaitAsync(token => deployer.UpdateServiceAsync(update, token), time, cancellationToken);
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken != cancellationToken)
        {
            throw new SlipwayException(
                ExitCode.Cancelled,
                $"The run was cancelled while service '{update.Service}' was being updated, and ECS has not answered: whether a deployment has begun is not known.",
                $"{BuildCommand.For("Status", settings.Environment)} to look, and the same command again to follow it or to begin it");
        }
    }

    private DeploymentArtifact Keep(
        ServiceState service, Caller caller, DeploymentOrder order, string? previous, bool nothingToDo, DateTimeOffset startedAt)
    {
        var artifact = new DeploymentArtifact(
            DeploymentArtifact.CurrentSchema, settings.Environment, order.Fingerprint, settings.Region, caller.AccountId, settings.Cluster,
            settings.Service, order.TaskDefinitionArn, previous, service.Primary!.Id, service.ServiceDeploymentArn, nothingToDo, order.ImageDigest,
            startedAt)
        {
            IsRollback = order.IsRollback,
        };
        store.Write(artifact);
        return artifact;
    }

    /// <summary>What a failed deployment falls back to: the last revision that came up.</summary>
    private static string LiveBefore(ServiceState service) =>
        service.Deployments.FirstOrDefault(deployment => deployment.IsCompleted)?.TaskDefinitionArn ?? service.TaskDefinitionArn;

    private static string? PreviousOf(ServiceState service, string deploymentId) =>
        service.Deployments.FirstOrDefault(deployment => deployment.Id != deploymentId)?.TaskDefinitionArn;

    /// <summary>What an earlier run, which began the deployment, wrote down: ECS soon forgets deployments without tasks.</summary>
    private string? RecordedPrevious(string deploymentId) =>
        store.Find<DeploymentArtifact>() is { } recorded && recorded.DeploymentId == deploymentId ? recorded.PreviousTaskDefinitionArn : null;
}
