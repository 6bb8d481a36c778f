using System.Runtime.InteropServices;
using System.Text;
using Slipway.LocalCloud.Hosting;

namespace Slipway.LocalCloud.Images;

/// <summary>The registry's content for the rest of the embedded cloud.</summary>
internal sealed class ImageStore(RepositoryStore repositories, BlobStore blobs, IRegistryPlace place, BoundPorts ports, TimeProvider time) : IImageStore
{
    /// <inheritdoc />
    public ResolvedImage? Resolve(string image)
    {
        if (ImageReference.Parse(image) is not { IsLocal: true } reference) return null;
        var isElsewhere = !place.HoldsLayers && reference.Host == place.Host;
        if (isElsewhere) place.Refresh(reference.Repository, reference.Digest ?? reference.Tag);
        if (repositories.Find(reference.Repository) is not { } repository) return null;
        var found = repository.Find(reference.Digest ?? reference.Tag!);
        for (var depth = 0; found is not null && depth < 4; depth++)
        {
            if (!blobs.Has(found.Digest)) return null;
            var manifest = Manifest.Parse(found.MediaType, blobs.Read(found.Digest));
            if (!manifest.IsIndex) return Resolve(reference.Repository, found.Digest, manifest, isElsewhere);
            found = ForThisMachine(manifest.Children) is { } child ? repository.Find(child.Digest) : null;
        }

        return null;
    }

    /// <inheritdoc />
    public Task<string> AddBlobAsync(string file, CancellationToken cancellationToken) => blobs.AddFileAsync(file, cancellationToken);

    /// <inheritdoc />
    public string AddManifest(string repository, string tag, string mediaType, byte[] manifest)
    {
        if (!ImageNames.IsRepository(repository)) throw new ArgumentException($"'{repository}' is no repository name", nameof(repository));
        if (!ImageNames.IsTag(tag)) throw new ArgumentException($"'{tag}' is no image tag", nameof(tag));
        var parsed = Manifest.Parse(mediaType, manifest);
        var content = parsed.Layers.Concat(parsed.Children).Append(parsed.Config).OfType<Descriptor>().Select(part => part.Digest).ToList();
        if (content.Find(digest => !blobs.Has(digest)) is { } missing) throw new ArgumentException($"the manifest names '{missing}', which is not in the store", nameof(manifest));

        var stored = new StoredManifest(blobs.Add(manifest), mediaType, manifest.Length, time.GetUtcNow());
        repositories.TryAdd(new Repository(repository, time.GetUtcNow(), Immutable: false));
        repositories.Change(repository, before => content.Aggregate(before, (next, digest) => next.WithBlob(digest)).WithManifest(stored).WithTag(tag, stored.Digest));
        return stored.Digest;
    }

    private ResolvedImage? Resolve(string repository, string digest, Manifest manifest, bool isElsewhere)
    {
        if (manifest.Config is not { } config || !blobs.Has(config.Digest)) return null;
        if (!isElsewhere && manifest.Layers.Any(layer => !blobs.Has(layer.Digest))) return null;
        return new ResolvedImage(
            digest,
            $"{(isElsewhere ? place.Host : ports.Registry)}/{repository}@{digest}",
            Encoding.UTF8.GetString(blobs.Read(config.Digest)),
            [.. manifest.Layers.Select(layer => new LayerBlob(layer.Digest, layer.MediaType, blobs.PathOf(layer.Digest)))]);
    }

    /// <summary>Containers are Linux everywhere; attestations, which BuildKit adds with the platform "unknown", are none.</summary>
    private static Descriptor? ForThisMachine(IReadOnlyList<Descriptor> children)
    {
        var images = children.Where(child => child.Os is null or "linux").ToList();
        return images.Find(child => child.Architecture == Architecture) ?? (images.Count == 1 ? images[0] : null);
    }

    private static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };
}
