using System.Collections.Immutable;

namespace Slipway.LocalCloud.Images;

/// <summary>A manifest that was pushed.</summary>
internal sealed record StoredManifest(string Digest, string MediaType, long Bytes, DateTimeOffset PushedAt);

/// <summary>A repository as it is kept: which tags and manifests it has, and which blobs may be read through it.</summary>
internal sealed record Repository(string Name, DateTimeOffset CreatedAt, bool Immutable)
{
    public bool ScanOnPush { get; init; }

    /// <summary>ECR's JSON; null where no policy was put. Nothing expires here.</summary>
    public string? LifecyclePolicy { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, StoredManifest> Manifests { get; init; } = new Dictionary<string, StoredManifest>();

    public ImmutableHashSet<string> Blobs { get; init; } = [];

    /// <summary>The manifest of a tag or digest; null where there is none.</summary>
    public StoredManifest? Find(string reference) =>
        Manifests.GetValueOrDefault(reference.Contains(':', StringComparison.Ordinal) ? reference : Tags.GetValueOrDefault(reference) ?? "");

    public IEnumerable<string> TagsOf(string digest) => Tags.Where(tag => tag.Value == digest).Select(tag => tag.Key).Order(StringComparer.Ordinal);

    public Repository WithBlob(string digest) => Blobs.Contains(digest) ? this : this with { Blobs = Blobs.Add(digest) };

    public Repository WithManifest(StoredManifest manifest) => this with
    {
        Manifests = new Dictionary<string, StoredManifest>(Manifests, StringComparer.Ordinal)
        {
            // A second push of the same bytes keeps the time of the first.
            [manifest.Digest] = Manifests.GetValueOrDefault(manifest.Digest) ?? manifest,
        },
    };

    public Repository WithTag(string tag, string digest) => this with
    {
        Tags = new SortedDictionary<string, string>(Tags.ToDictionary(), StringComparer.Ordinal) { [tag] = digest },
    };

    public Repository WithoutTag(string tag) => this with
    {
        Tags = new SortedDictionary<string, string>(Tags.Where(pair => pair.Key != tag).ToDictionary(), StringComparer.Ordinal),
    };

    public Repository WithoutManifest(string digest) => this with
    {
        Manifests = Manifests.Where(pair => pair.Key != digest).ToDictionary(StringComparer.Ordinal),
        Tags = new SortedDictionary<string, string>(Tags.Where(pair => pair.Value != digest).ToDictionary(), StringComparer.Ordinal),
    };
}
