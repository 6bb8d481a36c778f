using Slipway.Deployment.Artifacts;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts;

/// <summary>
/// DeployEcs's work: registers the rendered task definition, unless a revision of the same content exists or one was named, lets the
/// pre-deploy task gate a revision that the service does not have yet, and updates the service, unless it already runs that revision. Waits
/// for nothing after that.
/// </summary>
public sealed class DeployService(
    DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, CallerCheck caller, RenderedRevision revisions, RunOneOffTask tasks,
    StartDeployment start, IReport report)
{
    /// <summary>What "nothing to do" must pass.</summary>
    public RolloutProof Proof { get; init; } = RolloutProof.None;

    private OneOffTaskSettings Gate => settings.OneOffTask;

    /// <summary>Deploys, and writes <c>deployment.json</c>.</summary>
    public async Task<DeploymentArtifact> RunAsync(CancellationToken cancellationToken)
    {
        var input = RenderedInput.Read(settings, store);
        try
        {
            return await DeployAsync(input, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }

    private async Task<DeploymentArtifact> DeployAsync(RenderedInput input, CancellationToken cancellationToken)
    {
        var who = await caller.CheckAsync(settings.LongestDeployment, cancellationToken);
        var service = await ServicePreconditions.FindActiveAsync(deployer, settings, cancellationToken);
        var found = await revisions.FindAsync(input, service, who, cancellationToken);
        var standing = await new StandingOfRevision(settings, deployer, Proof, report).LookAsync(service, found, input.Artifact.Digest, cancellationToken);
        if (standing == RevisionStanding.Live)
        {
            report.Fact($"Service '{service.Name}' already runs '{ResourceName.Of(found!)}': nothing to deploy.");
            return start.KeepNothingToDo(service, who, Order(found!));
        }

        var arn = found ?? await revisions.RegisterAsync(input, cancellationToken);
        if (Gate.IsGate && arn != service.TaskDefinitionArn)
        {
            await tasks.RunAsync(service, arn, Gate.Command, isOnce: true, cancellationToken);
            service = await LookAgainAsync(service, cancellationToken);
        }

        return await start.RunAsync(service, who, Order(arn), cancellationToken);

        DeploymentOrder Order(string revision) => new(revision, input.Artifact.Digest, input.Artifact.Fingerprint, settings.DesiredCount)
        {
            BeginsAnew = standing == RevisionStanding.Failed,
        };
    }

    /// <summary>The task took its time: somebody else may have deployed meanwhile.</summary>
    private async Task<ServiceState> LookAgainAsync(ServiceState before, CancellationToken cancellationToken)
    {
        var now = await ServicePreconditions.FindActiveAsync(deployer, settings, cancellationToken);
        if (now.TaskDefinitionArn != before.TaskDefinitionArn)
        {
            report.Warning(
                $"While the pre-deploy task ran, somebody else deployed '{ResourceName.Of(now.TaskDefinitionArn)}' to service '{now.Name}'; that is replaced now.");
        }

        return now;
    }
}
