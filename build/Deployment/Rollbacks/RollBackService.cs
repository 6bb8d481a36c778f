using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.Rollbacks;

/// <summary>
/// Rollback's work: takes a service back to the last revision that it ran well, or to a named one, and writes <c>deployment.json</c>, so that
/// WaitStable follows it. A deployment that is under way is stopped, and ECS goes back itself. Waits for nothing.
/// </summary>
public sealed class RollBackService(
    DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, TaskDefinitionCloud cloud, CallerCheck caller, StartDeployment start,
    IReport report, TimeProvider time)
{
    private readonly RegisteredRevisions revisions = new(settings, cloud);

    /// <summary>What is to be waited for; null where the service runs the revision already.</summary>
    /// <param name="to">"family:42" or an ARN; null: the last good one.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<DeploymentArtifact?> RunAsync(string? to, CancellationToken cancellationToken)
    {
        try
        {
            return await RollBackAsync(to, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }

    private async Task<DeploymentArtifact?> RollBackAsync(string? to, CancellationToken cancellationToken)
    {
        var who = await caller.CheckAsync(settings.Timeout, cancellationToken);
        var service = await ServicePreconditions.FindActiveAsync(deployer, settings, cancellationToken);
        if (to is null && service.Primary is { } primary && await new DeploymentsUnderWay(deployer).FindAsync(service, cancellationToken) is { } underWay)
            return await StopAsync(service, primary, underWay, who, cancellationToken);

        var target = to is null ? await FindLastGoodAsync(service, cancellationToken) : await revisions.FindAsync(to, cancellationToken);
        if (target.Arn == service.TaskDefinitionArn && service.Primary is { } live && RolloutCompletion.IsComplete(service, live))
        {
            report.Fact($"Service '{service.Name}' already runs '{ResourceName.Of(target.Arn)}': nothing to roll back.");
            return null;
        }

        await TellDifferencesAsync(service, target, cancellationToken);
        await new ImagePresence(cloud.Registry, report).CheckAsync(ResourceName.Of(target.Arn), target.Document, cancellationToken);
        var digest = await revisions.FindDigestAsync(target.Document, cancellationToken);
        return await start.RunAsync(service, who, new DeploymentOrder(target.Arn, digest, null, null) { IsRollback = true }, cancellationToken);
    }

    /// <summary>Which revision ECS goes back to is its own choice: it is told, and written down.</summary>
    private async Task<DeploymentArtifact> StopAsync(
        ServiceState service, DeploymentState stopped, ServiceDeploymentState underWay, Caller who, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var now = await new StopUnderWay(deployer, report, time).RunAsync(service, stopped, underWay, cancellationToken);
        var arn = now.Primary!.TaskDefinitionArn;
        string? digest = null;
        if (await deployer.FindTaskDefinitionAsync(arn, cancellationToken) is { } found)
        {
            var back = RegisteredRevisions.Read(found);
            digest = await revisions.FindDigestAsync(back.Document, cancellationToken);
            await TellDifferencesAsync(service, back, cancellationToken);
        }

        return start.KeepBegun(now, who, new DeploymentOrder(arn, digest, null, null) { IsRollback = true }, stopped.TaskDefinitionArn, startedAt);
    }

    private async Task<RegisteredRevision> FindLastGoodAsync(ServiceState service, CancellationToken cancellationToken)
    {
        foreach (var good in await new LastGoodRevisions(store, deployer).FindAsync(service, cancellationToken))
        {
            try
            {
                var found = await revisions.FindAsync(good.TaskDefinitionArn, cancellationToken);
                report.Fact($"The last good revision is '{ResourceName.Of(found.Arn)}': {good.Why}.");
                return found;
            }
            catch (SlipwayException refused)
            {
                report.Warning($"'{ResourceName.Of(good.TaskDefinitionArn)}' was good ({good.Why}), but cannot be deployed: {refused.Message}");
            }
        }

        throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"There is nothing to roll back to: no revision is known that service '{service.Name}' ran well before '{ResourceName.Of(service.TaskDefinitionArn)}'.",
            $"name one: --to=family:number (aws ecs list-task-definitions --family-prefix {ResourceName.FamilyOf(service.TaskDefinitionArn)} --sort DESC)");
    }

    private async Task TellDifferencesAsync(ServiceState service, RegisteredRevision target, CancellationToken cancellationToken)
    {
        var (from, to) = (ResourceName.Of(service.TaskDefinitionArn), ResourceName.Of(target.Arn));
        if (from == to) return;
        var present = await deployer.FindTaskDefinitionAsync(service.TaskDefinitionArn, cancellationToken);
        if (present is null || TaskDefinitionDocument.Find(present) is not { } document)
        {
            report.Fact($"Going back from '{from}' to '{to}'; '{from}' cannot be read, so that the differences are not known.");
            return;
        }

        var differences = TaskDefinitionComparison.FindDifferences(document, target.Document);
        report.Fact(differences.Count == 0
            ? $"Going back from '{from}' to '{to}': both say the same."
            : $"Going back from '{from}' to '{to}'. What changes:");
        foreach (var difference in differences) report.Fact($"  {difference}");
    }
}
