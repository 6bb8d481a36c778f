using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Hosting;

/// <summary>At the start, when nobody pushes: drops unfinished uploads and content that no image names any more.</summary>
internal sealed class ContentSweep(RepositoryStore repositories, BlobStore blobs, ILogger<ContentSweep> log)
{
    public void Run()
    {
        if (repositories.Unreadable.Count > 0)
        {
            log.LogError(
                "A repository cannot be read. Its document is kept as {Files}, and this start drops no content: it may be the repository's.",
                string.Join(", ", repositories.Unreadable));
            return;
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in repositories.All)
        {
            var named = new HashSet<string>(StringComparer.Ordinal);
            foreach (var stored in repository.Manifests.Values)
            {
                if (Content(stored) is { } content) named.UnionWith(content);
                else Drop(repository.Name, stored);
            }

            used.UnionWith(named);
            if (!repository.Blobs.IsSubsetOf(named))
                repositories.Change(repository.Name, before => before with { Blobs = before.Blobs.Intersect(named) });
        }

        blobs.Sweep(used);
    }

    private void Drop(string repository, StoredManifest stored)
    {
        log.LogWarning("The image {Repository}@{Digest} is dropped: its manifest is missing or damaged. Push it again.", repository, stored.Digest);
        repositories.Change(repository, before => before.WithoutManifest(stored.Digest));
    }

    /// <summary>The blobs of a manifest and itself; null where a crash of the machine or a person took it away.</summary>
    private IEnumerable<string>? Content(StoredManifest stored)
    {
        if (!blobs.Has(stored.Digest)) return null;
        var bytes = blobs.Read(stored.Digest);
        if (BlobStore.Digest(bytes) != stored.Digest) return null;
        var manifest = Manifest.Parse(stored.MediaType, bytes);
        return manifest.Layers.Append(manifest.Config).OfType<Descriptor>().Select(part => part.Digest).Append(stored.Digest);
    }
}
