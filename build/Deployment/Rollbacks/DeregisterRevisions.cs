using Slipway.Deployment.Artifacts;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollbacks;

/// <summary>
/// Deregister's work: old revisions of the service's family, shown first and deregistered only on request. Never one that the service deploys
/// or would go back to, and never one of which a task of the cluster runs.
/// </summary>
public sealed class DeregisterRevisions(
    DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, ITaskDefinitions definitions, ITaskRunner runner, CallerCheck caller,
    IReport report)
{
    /// <summary>Shows them, and deregisters them where that is confirmed; returns their ARNs.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(DeregisterSwitches switches, CancellationToken cancellationToken)
    {
        try
        {
            await caller.CheckAsync(TimeSpan.Zero, cancellationToken);
            var service = await ServicePreconditions.FindActiveAsync(deployer, settings, cancellationToken);
            var family = ResourceName.FamilyOf(service.TaskDefinitionArn);
            var active = await definitions.ListActiveAsync(family, cancellationToken);
            var used = await FindUsedAsync(service, family, cancellationToken);
            var old = active.Skip(switches.Keep).Where(arn => !used.ContainsKey(arn)).ToList();
            Tell(family, active, used, old, switches);
            if (switches.Confirm) await DeregisterAsync(old, cancellationToken);
            return old;
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }

    private async Task<Dictionary<string, string>> FindUsedAsync(ServiceState service, string family, CancellationToken cancellationToken)
    {
        var used = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var deployment in service.Deployments) used.TryAdd(deployment.TaskDefinitionArn, "the service deploys it");
        used.TryAdd(service.TaskDefinitionArn, "the service deploys it");
        if (await new DeploymentsUnderWay(deployer).FindAsync(service, cancellationToken) is { } underWay)
        {
            var shares = underWay.Sources.Append(underWay.Target).OfType<RevisionShare>().Select(share => share.Arn).ToList();
            foreach (var revision in await deployer.FindServiceRevisionsAsync(shares, cancellationToken))
                used.TryAdd(revision.TaskDefinitionArn, "the deployment under way starts from it");
        }

        foreach (var task in await runner.ListAsync(settings.Cluster, family, cancellationToken))
        {
            if (task is { IsStopped: false, TaskDefinitionArn: { } arn }) used.TryAdd(arn, "a task of it runs");
        }

        if (await new LastGoodRevisions(store, deployer).FindAsync(service, cancellationToken) is [var good, ..])
            used.TryAdd(good.TaskDefinitionArn, "Rollback would go back to it");
        return used;
    }

    private void Tell(
        string family, IReadOnlyList<string> active, Dictionary<string, string> used, List<string> old, DeregisterSwitches switches)
    {
        report.Fact(FormattableString.Invariant($"Family '{family}' has {active.Count} active revisions; the newest {switches.Keep} stay."));
        foreach (var arn in active.Skip(switches.Keep).Where(used.ContainsKey)) report.Fact($"  {ResourceName.Of(arn)} stays: {used[arn]}");
        foreach (var arn in old) report.Fact($"  {ResourceName.Of(arn)} {(switches.Confirm ? "is" : "would be")} deregistered");
        if (old.Count == 0) report.Fact("There is nothing to deregister.");
        else if (!switches.Confirm)
            report.Fact($"Nothing was changed. To deregister them: {BuildCommand.For("Deregister", settings.Environment, FormattableString.Invariant($"--keep-revisions={switches.Keep}"), "--confirm")}");
    }

    private async Task DeregisterAsync(List<string> old, CancellationToken cancellationToken)
    {
        foreach (var arn in old) await definitions.DeregisterAsync(arn, cancellationToken);
        if (old.Count > 0) report.Fact(FormattableString.Invariant($"Deregistered {old.Count} revisions."));
    }
}
