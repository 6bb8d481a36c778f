namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Who can have said a text that a rule reads.</summary>
[Flags]
public enum FailureSource
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>A task: its stopped reason, its containers' reasons and exit codes.</summary>
    Task = 1,

    /// <summary>A service event, or the reason of a deployment's state.</summary>
    Event = 2,

    /// <summary>An API's error answer: code and message.</summary>
    Api = 4,

    /// <summary>A container's log line.</summary>
    Log = 8,
}

/// <summary>A text that is said when a rule's cause is there, with what stands for names.</summary>
/// <param name="Text">As ECS, the API or the container writes it.</param>
/// <param name="ExitCode">The container's, for a rule about exit codes.</param>
/// <param name="Source">Who says it.</param>
public sealed record FailureExample(string Text, int? ExitCode = null, FailureSource Source = FailureSource.Task);

/// <summary>One known way to fail: what is said, what it means, what to try.</summary>
/// <param name="Key">Its name in <c>outcome.json</c> and in the documentation; tasks that failed in the same way have the same.</param>
/// <param name="Cause">A sentence. May hold {action}, {principal} and {region}, which are read from the text.</param>
/// <param name="Remedy">An imperative, with the same names.</param>
/// <param name="HopelessAfter">After how many equal failures waiting makes no sense; null: it may cure itself, or says nothing by itself.</param>
public sealed record FailureRule(string Key, string Cause, string Remedy, int? HopelessAfter)
{
    /// <summary>Of each list one word must be in the text; all in lower case. Empty: the exit code decides alone.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Words { get; init; } = [];

    /// <summary>The container's exit code that it is about; null: any.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether there must be an exit code other than the ones that have a rule of their own.</summary>
    public bool NeedsExitCode { get; init; }

    /// <summary>Whether the text must name a region that is not the deployment's.</summary>
    public bool NeedsOtherRegion { get; init; }

    /// <summary>Whose texts it is for.</summary>
    public FailureSource Sources { get; init; } = FailureSource.Task | FailureSource.Event;

    /// <summary>What is really said; the first one shows the rule in the documentation.</summary>
    public IReadOnlyList<FailureExample> Examples { get; init; } = [];

    /// <summary>Whether the rule is about what was said.</summary>
    /// <param name="text">In lower case, all of a task's reasons in one.</param>
    /// <param name="exitCode">The container's; null where it has none.</param>
    /// <param name="source">Who said it.</param>
    /// <param name="region">The deployment's region; null where it is not known.</param>
    internal bool Matches(string text, int? exitCode, FailureSource source, string? region) =>
        Sources.HasFlag(source)
        && (ExitCode is null || ExitCode == exitCode)
        && (!NeedsExitCode || exitCode is not null)
        && Words.All(group => group.Any(word => text.Contains(word, StringComparison.Ordinal)))
        && (!NeedsOtherRegion || FailureNames.OtherRegion(text, region) is not null);
}
