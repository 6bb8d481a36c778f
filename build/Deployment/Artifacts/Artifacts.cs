using Slipway.Deployment.Images;

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

/// <summary><c>outcome.json</c>, written by WaitStable.</summary>
public sealed record OutcomeArtifact(
    int Schema, string Environment, string? Fingerprint, string Verdict, string? Cause, string? Remedy, string TaskDefinitionArn,
    string DeploymentId, DateTimeOffset StartedAt, DateTimeOffset EndedAt, IReadOnlyList<string> Evidence)
    : IArtifact
{
    /// <summary>The number that this program writes.</summary>
    public const int CurrentSchema = 1;
}
