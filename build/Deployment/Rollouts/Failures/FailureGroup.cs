using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Failures;

/// <summary>Tasks, or service events, of one deployment that tell of the same failure.</summary>
/// <param name="Rule">The catalogue's rule; null where it knows none.</param>
/// <param name="Reason">In ECS's words, of the newest of them.</param>
/// <param name="Container">The container that is to blame; null where the task never got so far.</param>
/// <param name="ExitCode">Its exit code, where that is the failure and not its consequence.</param>
/// <param name="Tasks">Newest first; empty for events.</param>
internal sealed record FailureGroup(FailureRule? Rule, string Reason, string? Container, int? ExitCode, IReadOnlyList<TaskState> Tasks)
{
    /// <summary>How often it was seen.</summary>
    public int Count { get; init; } = Tasks.Count;

    /// <summary>The deployment's region; null where no ARN tells it.</summary>
    public string? Region { get; init; } = Tasks is [var first, ..] ? FailureNames.RegionOf(first.Arn) : null;

    /// <summary>The cause as one sentence, with container and exit code.</summary>
    public RolloutFailure ToFailure()
    {
        var cause = Rule is null ? $"Tasks stop: {(Reason.Length == 0 ? "ECS tells no reason" : Reason)}" : Fill(Rule.Cause);
        var detail = (Container, ExitCode) switch
        {
            ({ } name, { } code) => FormattableString.Invariant($" (container '{name}', exit code {code})"),
            ({ } name, null) => $" (container '{name}')",
            _ => string.Empty,
        };
        return new RolloutFailure(cause.TrimEnd('.') + detail + ".", Rule is null ? null : Fill(Rule.Remedy)) { Key = Rule?.Key };
    }

    private string Fill(string sentence) => FailureNames.Fill(sentence, Reason, Region);
}
