using Slipway.Deployment.Rollouts.Failures.Catalogue;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>
/// The ways in which a deployment fails: what ECS says, what it means, what to try. The words are those of ECS's stopped reasons,
/// container reasons, service events and error answers, as AWS documents them and as they stand in public issue threads.
/// </summary>
public static class FailureCatalogue
{
    /// <summary>The table in its parts, in the order of the search: who is not allowed, then the parts of a task's life; the general rule of each last.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<FailureRule> Rules)> Parts { get; } =
    [
        ("Rights", AccessFailures.Rules),
        ("The image", ImageFailures.Rules),
        ("The start of a container", StartFailures.Rules),
        ("Secrets, logs, volumes and network", ResourceFailures.Rules),
        ("Memory and health", HealthFailures.Rules),
        ("Places for tasks", PlacementFailures.Rules),
        ("The deployment as a whole", DeploymentFailures.Rules),
        ("The end of a container", ExitFailures.Rules),
    ];

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<FailureRule> Rules { get; } = [.. Parts.SelectMany(part => part.Rules)];

    /// <summary>The rule for what was said; null where none fits.</summary>
    /// <param name="text">In the words of who said it.</param>
    /// <param name="exitCode">The container's; null where it has none.</param>
    /// <param name="source">Who said it.</param>
    /// <param name="region">The deployment's region; null where it is not known.</param>
    public static FailureRule? Find(string text, int? exitCode = null, FailureSource source = FailureSource.Task, string? region = null)
    {
        var lower = text.ToLowerInvariant();
        return Rules.FirstOrDefault(rule => rule.Matches(lower, exitCode, source, region));
    }
}
