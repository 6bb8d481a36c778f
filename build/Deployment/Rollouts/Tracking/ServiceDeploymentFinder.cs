using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>
/// Finds the service deployment of a deployment whose ARN nobody wrote down: the one that was created with it and brings
/// its task definition.
/// </summary>
/// <param name="deployer">Where to look.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="service">The service.</param>
/// <param name="goal">The deployment.</param>
internal sealed class ServiceDeploymentFinder(IServiceDeployer deployer, string cluster, string service, RolloutGoal goal)
{
    private const int RevisionsPerCall = 20;

    // Between the clocks of ECS and of the machine that deployed.
    private static readonly TimeSpan margin = TimeSpan.FromSeconds(5);

    // Between the two records that ECS makes of one update.
    private static readonly TimeSpan apart = TimeSpan.FromMinutes(1);

    /// <summary>Why it cannot be looked for; null while it can.</summary>
    public string? NotOffered { get; private set; }

    /// <summary>Its ARN; null where it is not shown (yet), or where <see cref="NotOffered"/> says why not at all.</summary>
    /// <param name="createdAt">When the deployment was created, as the service shows it; null where it does not.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<string?> FindAsync(DateTimeOffset? createdAt, CancellationToken cancellationToken)
    {
        if (NotOffered is not null || Earlier(createdAt, goal.StartedAt) is not { } since) return null;
        try
        {
            if (await deployer.ListServiceDeploymentsAsync(cluster, service, since - margin, cancellationToken) is not { } listed)
            {
                NotOffered = "ECS does not offer service deployments here, or not to these credentials";
                return null;
            }

            var candidates = Candidates(listed, createdAt).Take(RevisionsPerCall).ToList();
            if (candidates.Count == 0) return null;
            var revisions = await deployer.FindServiceRevisionsAsync(
                [.. candidates.Select(candidate => candidate.Target!.Arn).Distinct(StringComparer.Ordinal)], cancellationToken);
            var ours = revisions.Where(revision => revision.TaskDefinitionArn == goal.TaskDefinitionArn)
                .Select(revision => revision.Arn).ToHashSet(StringComparer.Ordinal);
            return candidates.Find(candidate => ours.Contains(candidate.Target!.Arn))?.Arn;
        }
        catch (SlipwayException refused) when (refused.ExitCode != ExitCode.Cancelled)
        {
            NotOffered = refused.Message;
            return null;
        }
    }

    /// <summary>The likeliest first: that of the same moment, else the first one since the start.</summary>
    private static IEnumerable<ServiceDeploymentState> Candidates(IReadOnlyList<ServiceDeploymentState> listed, DateTimeOffset? createdAt)
    {
        var known = listed.Where(candidate => candidate is { Target: not null, CreatedAt: not null });
        return createdAt is { } moment
            ? known.Where(candidate => (candidate.CreatedAt!.Value - moment).Duration() <= apart)
                .OrderBy(candidate => (candidate.CreatedAt!.Value - moment).Duration())
            : known.OrderBy(candidate => candidate.CreatedAt);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other ? one : other ?? one;
}
