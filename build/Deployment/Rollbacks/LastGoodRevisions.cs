using System.Globalization;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollbacks;

/// <summary>A revision to go back to.</summary>
/// <param name="TaskDefinitionArn">The revision.</param>
/// <param name="Why">Why it is known to be good, as half a sentence.</param>
internal sealed record GoodRevision(string TaskDefinitionArn, string Why);

/// <summary>
/// Finds the revisions that a service ran well before its present one: in the history of its service deployments, in what an earlier run
/// wrote down, in what ECS still shows. Never by counting down: revision - 1 may have been the broken one.
/// </summary>
internal sealed class LastGoodRevisions(ArtifactStore store, IServiceDeployer deployer)
{
    private const int RevisionsPerCall = 20;
    private const int MostLookedAt = 60;

    /// <summary>The best first; empty where nothing is known.</summary>
    public async Task<IReadOnlyList<GoodRevision>> FindAsync(ServiceState service, CancellationToken cancellationToken)
    {
        var found = new List<GoodRevision>();
        found.AddRange(await FindInHistoryAsync(service, cancellationToken));
        if (Recorded(service) is { } recorded) found.Add(recorded);
        found.AddRange(await FindInUseAsync(service, cancellationToken));
        return [.. found.Where(good => good.TaskDefinitionArn != service.TaskDefinitionArn).DistinctBy(good => good.TaskDefinitionArn)];
    }

    /// <summary>Back in time only: what came after the present revision's first success was left on purpose.</summary>
    private async Task<IEnumerable<GoodRevision>> FindInHistoryAsync(ServiceState service, CancellationToken cancellationToken)
    {
        var listed = await deployer.ListServiceDeploymentsAsync(service.Cluster, service.Name, null, cancellationToken);
        var successes = (listed ?? [])
            .Where(deployment => deployment is { Status: ServiceDeploymentStatus.Successful, Target: not null })
            .Take(MostLookedAt).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in successes.Select(deployment => deployment.Target!.Arn).Distinct(StringComparer.Ordinal).Chunk(RevisionsPerCall))
        {
            foreach (var revision in await deployer.FindServiceRevisionsAsync(some, cancellationToken)) names[revision.Arn] = revision.TaskDefinitionArn;
        }

        var ran = successes.Where(deployment => names.ContainsKey(deployment.Target!.Arn))
            .Select(deployment => (Arn: names[deployment.Target!.Arn], At: deployment.FinishedAt ?? deployment.CreatedAt)).ToList();
        var first = ran.FindLastIndex(success => success.Arn == service.TaskDefinitionArn);
        return ran.Skip(first + 1).Select(success => new GoodRevision(
            success.Arn, success.At is { } at ? FormattableString.Invariant($"its deployment succeeded on {at:yyyy-MM-dd HH:mm} UTC") : "its deployment succeeded"));
    }

    private GoodRevision? Recorded(ServiceState service) =>
        store.Find<DeploymentArtifact>() is { IsRollback: false, PreviousTaskDefinitionArn: { } previous } deployment
            && deployment.TaskDefinitionArn == service.TaskDefinitionArn
            ? new GoodRevision(previous, "it was live before the deployment that this machine made last")
            : null;

    /// <summary>What ECS shows of older revisions of the same family: deployments that completed, tasks that ran.</summary>
    private async Task<IEnumerable<GoodRevision>> FindInUseAsync(ServiceState service, CancellationToken cancellationToken)
    {
        var completed = service.Deployments.Where(deployment => deployment.IsCompleted).Select(deployment => deployment.TaskDefinitionArn);
        var tasks = await deployer.ListTasksAsync(service.Cluster, service.Name, cancellationToken);
        var ran = tasks.Where(task => task is { StartedAt: not null, TaskDefinitionArn: not null }).Select(task => task.TaskDefinitionArn!);
        return completed.Select(arn => new GoodRevision(arn, "its deployment is complete"))
            .Concat(ran.Where(arn => IsOlder(arn, service.TaskDefinitionArn)).OrderByDescending(NumberOf)
                .Select(arn => new GoodRevision(arn, "tasks of it ran within the last hour")));
    }

    private static bool IsOlder(string arn, string than) =>
        arn[..arn.LastIndexOf(':')] == than[..than.LastIndexOf(':')] && NumberOf(arn) < NumberOf(than);

    private static int NumberOf(string arn) =>
        int.TryParse(arn[(arn.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
