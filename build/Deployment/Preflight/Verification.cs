using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Preflight;

/// <summary>Everything that <c>Verify</c> found, at one moment.</summary>
/// <param name="Environment">The environment; null where the settings do not even tell that.</param>
/// <param name="Region">The region; null where the settings are not valid.</param>
/// <param name="AccountId">The caller's account; null where it is not known.</param>
/// <param name="Groups">The tree.</param>
public sealed record Verification(string? Environment, string? Region, string? AccountId, IReadOnlyList<CheckNode> Groups)
{
    /// <summary>Whether the settings themselves are refused, so that nothing else could be asked.</summary>
    public bool HasInvalidSettings { get; init; }

    /// <summary>What was found in the task definition, with its places.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How the process ends.</summary>
    public ExitCode ExitCode => HasInvalidSettings ? ExitCode.InvalidInput
        : CheckNode.Worst(Groups) == CheckState.Ng ? ExitCode.PreconditionFailed
        : ExitCode.Done;

    /// <summary>One sentence: "2 of 30 checks are NG, 5 are skipped."</summary>
    public string Summary
    {
        get
        {
            var (ng, skipped, all) = (Count(CheckState.Ng), Count(CheckState.Skip), Leaves.Count);
            var rest = skipped switch { 0 => "", 1 => "; one is skipped", _ => FormattableString.Invariant($"; {skipped} are skipped") };
            return ng switch
            {
                0 => FormattableString.Invariant($"No check of {all} is NG{rest}."),
                1 => FormattableString.Invariant($"One check of {all} is NG{rest}."),
                _ => FormattableString.Invariant($"{ng} checks of {all} are NG{rest}."),
            };
        }
    }

    private List<CheckNode> Leaves => [.. Groups.SelectMany(group => group.Leaves())];

    private int Count(CheckState state) => Leaves.Count(leaf => leaf.State == state);
}
