using System.Text;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Comparison;
using Slipway.Deployment.TaskDefinitions.Rendering;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Rollouts;

/// <summary>
/// DeployEcs's work: registers the rendered task definition, unless a revision of the same content exists or one was named,
/// and updates the service, unless it already runs that revision. Waits for nothing.
/// </summary>
public sealed class DeployService(
    DeploymentSettings settings, ArtifactStore store, IServiceDeployer deployer, ICallerIdentity identity, IReport report, TimeProvider time)
{
    /// <summary>Deploys, and writes <c>deployment.json</c>.</summary>
    public async Task<DeploymentArtifact> RunAsync(CancellationToken cancellationToken)
    {
        var (rendered, text) = RenderedInput.Read(settings, store);
        try
        {
            return await DeployAsync(rendered, text, cancellationToken);
        }
        catch (TransientServiceException failure)
        {
            throw failure.ToFailure();
        }
    }

    private async Task<DeploymentArtifact> DeployAsync(TaskDefinitionArtifact rendered, string? text, CancellationToken cancellationToken)
    {
        var caller = await IdentifyAsync(cancellationToken);
        var service = ServicePreconditions.Check(
            await deployer.FindServiceAsync(settings.Cluster, settings.Service, cancellationToken), settings);
        var arn = text is null ? rendered.Revision : await FindEqualRevisionAsync(service, caller, text, rendered, cancellationToken);
        var startedAt = time.GetUtcNow();
        if (arn == service.TaskDefinitionArn && await IsLiveAsync(service, arn, rendered.Digest, cancellationToken))
        {
            report.Fact($"Service '{service.Name}' already runs '{ResourceName.Of(arn)}': nothing to deploy.");
            return Keep(rendered, caller, service, arn, RecordedPrevious(service.Primary!.Id), nothingToDo: true, startedAt);
        }

        if (arn is null)
        {
            arn = await deployer.RegisterTaskDefinitionAsync(rendered.Family, Encoding.UTF8.GetBytes(text!), cancellationToken);
            report.Fact($"Registered '{ResourceName.Of(arn)}'.");
        }

        return await UpdateAsync(rendered, caller, service, arn, startedAt, cancellationToken);
    }

    private async Task<DeploymentArtifact> UpdateAsync(
        TaskDefinitionArtifact rendered, Caller caller, ServiceState before, string arn, DateTimeOffset startedAt,
        CancellationToken cancellationToken)
    {
        var after = await UpdateAsync(new ServiceUpdate(settings.Cluster, settings.Service, arn, settings.DesiredCount), cancellationToken);
        var primary = after.Primary ?? throw new SlipwayException(
            ExitCode.PreconditionFailed, $"ECS updated service '{after.Name}' and shows no primary deployment for it.",
            "look at the service's deployment controller: only ECS's own is supported");

        var isJoined = before.FindDeployment(primary.Id) is not null;
        report.Fact(isJoined
            ? $"Deployment '{primary.Id}' of '{ResourceName.Of(arn)}' was there before this run; it is followed."
            : $"Started deployment '{primary.Id}' of '{ResourceName.Of(arn)}' on service '{after.Name}'.");

        // An ARN from before the update belongs to another deployment, unless ours is that one.
        var isOurs = isJoined || after.ServiceDeploymentArn != before.ServiceDeploymentArn;
        var previous = isJoined ? PreviousOf(before, primary.Id) ?? RecordedPrevious(primary.Id) : LiveBefore(before);
        var seen = after with { ServiceDeploymentArn = isOurs ? after.ServiceDeploymentArn : null };
        return Keep(rendered, caller, seen, arn, previous, nothingToDo: false, startedAt);
    }

    /// <summary>Once this call is on its way its answer is awaited, also by a cancelled run: only the answer names the deployment that has begun.</summary>
    private async Task<ServiceState> UpdateAsync(ServiceUpdate update, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var cancelled = cancellationToken.Register(() => grace.CancelAfter(CancelDeployment.Patience));
        try
        {
            return await deployer.UpdateServiceAsync(update, grace.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new SlipwayException(
                ExitCode.Cancelled,
                $"The run was cancelled while service '{update.Service}' was being updated, and ECS has not answered: whether a deployment has begun is not known.",
                $"{BuildCommand.For("DeployEcs", settings.Environment, "--exclusive")} to follow it, or to begin it");
        }
    }

    private async Task<Caller> IdentifyAsync(CancellationToken cancellationToken)
    {
        var caller = await identity.GetAsync(cancellationToken);
        if (settings.AccountId is { } pinned && pinned != caller.AccountId)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The credentials belong to account {caller.AccountId} ('{caller.Arn}'), but environment '{settings.Environment}' to account {pinned}.",
                $"use credentials of account {pinned}, or another --environment");
        }

        return caller;
    }

    /// <summary>The live revision, or else the newest of the family, where it means the same as the document.</summary>
    private async Task<string?> FindEqualRevisionAsync(
        ServiceState service, Caller caller, string text, TaskDefinitionArtifact rendered, CancellationToken cancellationToken)
    {
        var document = TaskDefinitionDocument.ReadOrThrow(store.PathOf(RenderTaskDefinition.RenderedFile), Encoding.UTF8.GetBytes(text));
        var live = await deployer.FindTaskDefinitionAsync(service.TaskDefinitionArn, cancellationToken);
        var registered = live is null ? null : TaskDefinitionDocument.Read(live.Arn, Encoding.UTF8.GetBytes(live.Json), out _);
        CheckAgain(document, registered, caller, service);
        var changes = registered is null ? null : TaskDefinitionComparison.FindDifferences(registered, document);
        if (changes is { Count: 0 }) return live!.Arn;

        if (rendered.Source == "live" && rendered.Revision != service.TaskDefinitionArn)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The task definition was rendered from '{ResourceName.Of(rendered.Revision!)}', but service '{service.Name}' has '{ResourceName.Of(service.TaskDefinitionArn)}' since.",
                $"run {BuildCommand.For("RenderTaskDef", settings.Environment, $"--task-definition={TaskDefinitionSource.LiveWord}")}");
        }

        var family = rendered.Family;
        var newest = await deployer.FindTaskDefinitionAsync(family, cancellationToken);
        if (newest is not null && newest.Arn != live?.Arn && Differences(newest, document) is { Count: 0 })
        {
            report.Fact($"Revision '{ResourceName.Of(newest.Arn)}' has the same content: not registered again.");
            return newest.Arn;
        }

        if (changes is not null) report.Detail($"Changed since '{ResourceName.Of(live!.Arn)}': {string.Join(", ", changes.Select(change => change.Path))}.");
        return null;
    }

    private static IReadOnlyList<Difference>? Differences(LiveTaskDefinition live, TaskDefinitionDocument document) =>
        TaskDefinitionDocument.Read(live.Arn, Encoding.UTF8.GetBytes(live.Json), out _) is { } registered
            ? TaskDefinitionComparison.FindDifferences(registered, document)
            : null;

    /// <summary>What only now is known, the caller's account and the service's load balancers, is checked before anything is changed.</summary>
    private void CheckAgain(TaskDefinitionDocument document, TaskDefinitionDocument? live, Caller caller, ServiceState service)
    {
        var context = new CheckContext
        {
            Region = settings.Region,
            AccountId = caller.AccountId,
            Containers = settings.Containers,
            ContainerPort = settings.ContainerPort,
            LoadBalancers = service.LoadBalancers,
        };
        var findings = TaskDefinitionChecks.Check(document, context);
        if (settings.TaskDefinition is TaskDefinitionSource.Live && live is not null)
            findings = InheritedFindings.Soften(findings, TaskDefinitionChecks.Check(live, context));
        // RenderTaskDef has told the warnings.
        Findings.Apply(settings.TaskDefinition.Text, [.. findings.Where(finding => finding.Severity == FindingSeverity.Error)], report);
    }

    private async Task<bool> IsLiveAsync(ServiceState service, string arn, string? digest, CancellationToken cancellationToken)
    {
        var isAsWanted = service.Primary is { } primary
            && primary.TaskDefinitionArn == arn
            && (settings.DesiredCount is null || settings.DesiredCount == service.DesiredCount)
            && RolloutCompletion.IsComplete(service, primary);
        if (!isAsWanted) return false;

        var tasks = await deployer.ListTasksAsync(settings.Cluster, settings.Service, cancellationToken);
        var goal = new RolloutGoal(service.Primary!.Id, arn, null, digest, TimeSpan.Zero);
        return RolloutCompletion.Verify(goal, new RolloutObservation(service, tasks), service.Primary) is RolloutDecision.Stable;
    }

    private DeploymentArtifact Keep(
        TaskDefinitionArtifact rendered, Caller caller, ServiceState service, string arn, string? previous, bool nothingToDo,
        DateTimeOffset startedAt)
    {
        var artifact = new DeploymentArtifact(
            DeploymentArtifact.CurrentSchema, settings.Environment, rendered.Fingerprint, settings.Region, caller.AccountId, settings.Cluster,
            settings.Service, arn, previous, service.Primary!.Id, service.ServiceDeploymentArn, nothingToDo, rendered.Digest, startedAt);
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
