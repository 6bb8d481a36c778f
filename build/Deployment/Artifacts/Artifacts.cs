using Slipway.Deployment.Images;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Timing;

namespace Slipway.Deployment.Artifacts;

/// <summary>What every artifact carries, so that a stale one is refused.</summary>
public interface IArtifact
{
    /// <summary>The shape's number; a reader refuses a number that it does not know.</summary>
    int Schema { get; }

    /// <summary>The environment that it was made for.</summary>
    string Environment { get; }

    /// <summary>The fingerprint of the image's inputs; null where the run started from an existing image.</summary>
    string? Fingerprint { get; }
}

/// <summary>
/// <c>build.json</c>, written by DockerBuild: an image on this machine, or, where <see cref="Image"/> is null, one that the repository
/// already has.
/// <see cref="Sources"/> is the fingerprint of the files alone, so that a later target sees an edit without asking for anything else.
/// </summary>
public sealed record BuildArtifact(
    int Schema, string Environment, string? Fingerprint, string? Sources, string Repository, string Tag, string Platform, string? Commit,
    bool Dirty, BuiltImage? Image)
    : IArtifact
{
    /// <summary>The number that this program writes.</summary>
    public const int CurrentSchema = 1;
}

/// <summary><c>image.json</c>, written by Push: an image in the registry. <see cref="Uri"/> is "host/name@sha256:…".</summary>
public sealed record ImageArtifact(
    int Schema, string Environment, string? Fingerprint, string Repository, string? Tag, string Digest, string Uri, string Platform,
    string? Commit)
    : IArtifact
{
    /// <summary>The number that this program writes.</summary>
    public const int CurrentSchema = 1;
}

/// <summary><c>task-definition.meta.json</c>, written by RenderTaskDef beside <c>task-definition.json</c>, which is in AWS's own
/// shape. An existing revision has no such file beside it: nothing is rendered.</summary>
/// <param name="Schema">The shape's number.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Fingerprint">Of the image's inputs; null where the run started from an existing image or revision.</param>
/// <param name="Source">What it is made of: "file", "live" or "revision".</param>
/// <param name="SourceName">The file, "live", or the revision as it was named.</param>
/// <param name="Revision">The ARN that "live" was, or of the revision to deploy; null for a file.</param>
/// <param name="Family">The family.</param>
/// <param name="Image">The image that was written; null for a revision.</param>
/// <param name="Digest">The digest that the running tasks are compared with; null where it is not known.</param>
/// <param name="Sha256">Of <c>task-definition.json</c>; null for a revision.</param>
public sealed record TaskDefinitionArtifact(
    int Schema, string Environment, string? Fingerprint, string Source, string SourceName, string? Revision, string Family, string? Image,
    string? Digest, string? Sha256)
    : IArtifact
{
    /// <summary>The number that this program writes.</summary>
    public const int CurrentSchema = 2;
}

/// <summary><c>deployment.json</c>, written by DeployEcs, or by Rollback: what WaitStable follows, on this machine or another.</summary>
public sealed record DeploymentArtifact(
    int Schema, string Environment, string? Fingerprint, string Region, string AccountId, string Cluster, string Service,
    string TaskDefinitionArn, string? PreviousTaskDefinitionArn, string DeploymentId, string? ServiceDeploymentArn,
    bool NothingToDo, string? ImageDigest, DateTimeOffset StartedAt)
    : IArtifact
{
    /// <summary>The number that this program writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Whether it goes back to an earlier revision, so that nothing goes back from it.</summary>
    public bool IsRollback { get; init; }
}

/// <summary><c>outcome.json</c>, written by WaitStable: how the rollout ended and why. It holds no log lines: nobody knows what is in them.</summary>
public sealed record OutcomeArtifact(int Schema, string Environment, string? Fingerprint, string Verdict, int ExitCode) : IArtifact
{
    /// <summary>The number that this program writes.</summary>
    public const int CurrentSchema = 2;

    /// <summary>What happened, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Why; null for a success.</summary>
    public OutcomeCause? Cause { get; init; }

    /// <summary>What to try; null for a success.</summary>
    public string? Remedy { get; init; }

    /// <summary>What was deployed where.</summary>
    public required OutcomeDeployment Deployment { get; init; }

    /// <summary>Which deployment took the place of ours; null where none did.</summary>
    public OutcomeSuccessor? SupersededBy { get; init; }

    /// <summary>What runs against what was pushed; null where the rollout did not come so far.</summary>
    public OutcomeImages? Images { get; init; }

    /// <summary>What was seen of a failure.</summary>
    public required RolloutEvidence Evidence { get; init; }

    /// <summary>Where the time went; null where too little is known.</summary>
    public RolloutTiming? Timing { get; init; }

    /// <summary>What a person should know all the same.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Where to look further.</summary>
    public required IReadOnlyList<ReportLink> Links { get; init; }

    /// <summary>When the deployment was asked for, by the clock of the machine that asked.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When this was written, by this machine's clock.</summary>
    public required DateTimeOffset EndedAt { get; init; }
}

/// <summary>Why a rollout failed.</summary>
/// <param name="Key">As docs/troubleshooting.md lists it; null for a cause that is not in the list.</param>
/// <param name="Sentence">For people.</param>
public sealed record OutcomeCause(string? Key, string Sentence);

/// <summary>What was deployed where.</summary>
public sealed record OutcomeDeployment(
    string Region, string AccountId, string Cluster, string Service, string TaskDefinitionArn, string? PreviousTaskDefinitionArn, string DeploymentId,
    string? ServiceDeploymentArn);

/// <summary>The deployment that took the place of ours.</summary>
/// <param name="DeploymentId">Its id.</param>
/// <param name="TaskDefinitionArn">What it deploys.</param>
/// <param name="RegisteredBy">Who registered that, as ECS tells it.</param>
public sealed record OutcomeSuccessor(string DeploymentId, string TaskDefinitionArn, string? RegisteredBy);

/// <summary>The proof that what was pushed runs.</summary>
/// <param name="Expected">The digest that was deployed; null where the image was not deployed by digest.</param>
/// <param name="Running">The digests of the containers of the running tasks, each once; empty where the cloud does not tell them.</param>
public sealed record OutcomeImages(string? Expected, IReadOnlyList<string> Running);
