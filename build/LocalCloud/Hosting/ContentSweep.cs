using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Hosting;

/// <summary>At the start, when nobody pushes: drops unfinished uploads and content that no image names any more.</summary>
internal sealed class ContentSweep(RepositoryStore repositories, BlobStore blobs)
{
    public void Run()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in repositories.All)
        {
            var named = repository.Manifests.Values.SelectMany(Content).ToHashSet(StringComparer.Ordinal);
            used.UnionWith(named);
            if (!repository.Blobs.IsSubsetOf(named))
                repositories.Change(repository.Name, before => before with { Blobs = before.Blobs.Intersect(named) });
        }

        blobs.Sweep(used);
    }

    private IEnumerable<string> Content(StoredManifest stored)
    {
        if (!blobs.Has(stored.Digest)) return [];
        var manifest = Manifest.Parse(stored.MediaType, blobs.Read(stored.Digest));
        return manifest.Layers.Append(manifest.Config).OfType<Descriptor>().Select(part => part.Digest).Append(stored.Digest);
    }
}
