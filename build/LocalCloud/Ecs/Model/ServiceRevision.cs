using System.Collections.Immutable;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>An image as a revision pinned it: every task of the revision runs this digest, whatever becomes of the tag.</summary>
internal sealed record PinnedImage(string ContainerName, string Image, string? Digest);

/// <summary>What a deployment brings: a task definition with the images behind its tags at that time.</summary>
internal sealed record ServiceRevision
{
    public required string Arn { get; init; }

    public required string TaskDefinitionArn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ImmutableArray<PinnedImage> Images { get; init; } = [];

    /// <summary>Whether a deployment of it completed with tasks running: only such a revision is worth a rollback.</summary>
    public bool Proven { get; init; }
}
