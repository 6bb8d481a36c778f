namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>What an observation means for the wait.</summary>
public abstract record RolloutDecision
{
    private RolloutDecision()
    {
    }

    /// <summary>Not decided yet.</summary>
    /// <param name="Progress">The present state in one line.</param>
    public sealed record KeepWaiting(string Progress) : RolloutDecision
    {
        /// <summary>Whether only newer knowledge of the tasks is missing.</summary>
        public bool NeedsTasks { get; init; }

        /// <summary>The image whose manifests must be known to compare what runs; null where nothing is missing.</summary>
        public string? NeedsManifestsOf { get; init; }

        /// <summary>Whether the cloud shows a deployment of what was ordered.</summary>
        public bool IsObserved { get; init; } = true;
    }

    /// <summary>Our deployment is complete and runs what it shall run.</summary>
    /// <param name="Notes">What a person should know all the same.</param>
    public sealed record Stable(IReadOnlyList<string> Notes) : RolloutDecision;

    /// <summary>Our deployment has failed; nothing was rolled back.</summary>
    public sealed record Failed(RolloutFailure Failure) : RolloutDecision;

    /// <summary>Our deployment has failed, and ECS went back to another revision.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="RunsNow">The revision that the service has now.</param>
    /// <param name="HasEnded">False where the rollback itself was still under way.</param>
    public sealed record RolledBack(RolloutFailure Failure, string RunsNow, bool HasEnded) : RolloutDecision;

    /// <summary>Another deployment took the place of ours.</summary>
    /// <param name="DeploymentId">The other one.</param>
    /// <param name="TaskDefinitionArn">What it deploys.</param>
    public sealed record Superseded(string DeploymentId, string TaskDefinitionArn) : RolloutDecision
    {
        /// <summary>Whether ours had succeeded before.</summary>
        public bool AfterSuccess { get; init; }

        /// <summary>When the other one began, by ECS's clock.</summary>
        public DateTimeOffset? At { get; init; }

        /// <summary>Who registered what the other one deploys, as ECS tells it: an ARN; null where it does not.</summary>
        public string? RegisteredBy { get; init; }

        /// <summary>What happened, in one or two sentences.</summary>
        public string Cause
        {
            get
            {
                var when = At is { } at ? FormattableString.Invariant($" at {at.ToUniversalTime():HH:mm:ss} UTC") : string.Empty;
                var who = RegisteredBy is { } arn ? $" That revision was registered by '{arn}'." : string.Empty;
                var before = AfterSuccess ? "It had succeeded; then deployment" : "Deployment";
                return $"{before} '{DeploymentId}' of '{TaskDefinitionArn}' took its place{when}.{who}";
            }
        }
    }

    /// <summary>The time is over.</summary>
    /// <param name="LastState">What was still open.</param>
    public sealed record TimedOut(string LastState) : RolloutDecision
    {
        /// <summary>Whether the cloud showed a deployment of what was ordered.</summary>
        public bool IsObserved { get; init; } = true;
    }
}
