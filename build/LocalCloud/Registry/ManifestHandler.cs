using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Registry;

/// <summary>Manifests by tag and digest.</summary>
internal sealed class ManifestHandler(RepositoryStore repositories, BlobStore blobs, TimeProvider time)
{
    /// <summary>The distribution specification's own bound.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    public Task HandleAsync(HttpContext context, Repository repository, string reference)
    {
        if (!ImageNames.IsTag(reference) && !ImageNames.IsDigest(reference))
        {
            throw reference.Contains(':', StringComparison.Ordinal)
                ? new RegistryException(400, "DIGEST_INVALID", $"'{reference}' is no sha256 digest")
                : new RegistryException(400, "TAG_INVALID", $"'{reference}' is no image tag");
        }

        return context.Request.Method switch
        {
            "GET" or "HEAD" => ReadAsync(context, repository, reference),
            "PUT" => WriteAsync(context, repository, reference),
            "DELETE" => DeleteAsync(context, repository, reference),
            var method => throw RegistryApi.NotAllowed(method),
        };
    }

    private Task ReadAsync(HttpContext context, Repository repository, string reference)
    {
        var manifest = Find(repository, reference);
        context.Response.Headers["Docker-Content-Digest"] = manifest.Digest;
        context.Response.Headers.ETag = $"\"{manifest.Digest}\"";
        return RegistryAnswer.BytesAsync(context, 200, manifest.MediaType, blobs.Read(manifest.Digest));
    }

    private async Task WriteAsync(HttpContext context, Repository repository, string reference)
    {
        var bytes = await RequestBody.ReadAsync(context.Request, MostBytes, context.RequestAborted)
            ?? throw new RegistryException(413, "SIZE_INVALID", $"a manifest has at most {MostBytes} bytes");
        var digest = BlobStore.Digest(bytes);
        if (ImageNames.IsDigest(reference) && digest != reference)
            throw new RegistryException(400, "DIGEST_INVALID", $"the manifest's digest is '{digest}', not '{reference}'");
        var mediaType = (context.Request.ContentType ?? "").Split(';')[0].Trim();
        var manifest = Parse(mediaType, bytes);
        CheckContent(repository, manifest);

        blobs.Add(bytes);
        var stored = new StoredManifest(digest, mediaType, bytes.Length, time.GetUtcNow());
        var after = repositories.Change(repository.Name, before => Tagged(before.WithManifest(stored), reference, digest)) ?? throw RegistryApi.Unknown(repository.Name);
        context.Response.Headers["Docker-Content-Digest"] = digest;
        context.Response.Headers.Location = RegistryAnswer.Url(context.Request, $"/v2/{after.Name}/manifests/{digest}");
        await RegistryAnswer.Empty(context, 201);
    }

    private static Repository Tagged(Repository repository, string reference, string digest)
    {
        if (ImageNames.IsDigest(reference)) return repository;
        if (repository.Immutable && repository.Tags.ContainsKey(reference))
        {
            throw new RegistryException(
                400, "TAG_INVALID",
                $"The image tag '{reference}' already exists in the '{repository.Name}' repository and cannot be overwritten because the repository is immutable.");
        }

        return repository.WithTag(reference, digest);
    }

    private void CheckContent(Repository repository, Manifest manifest)
    {
        var parts = manifest.Layers.Append(manifest.Config).OfType<Descriptor>().Where(part => !part.Foreign).ToList();
        if (parts.Find(part => !repository.Blobs.Contains(part.Digest) || !blobs.Has(part.Digest)) is { } missing)
            throw new RegistryException(400, "MANIFEST_BLOB_UNKNOWN", $"the manifest names the blob '{missing.Digest}', which was not pushed to '{repository.Name}'");
        if (parts.Find(part => blobs.Size(part.Digest) != part.Size) is { } other)
            throw new RegistryException(400, "SIZE_INVALID", $"the manifest says that '{other.Digest}' has {other.Size} bytes, it has {blobs.Size(other.Digest)}");
        var absent = manifest.Children.Where(child => !repository.Manifests.ContainsKey(child.Digest)).Select(child => child.Digest).ToList();
        if (absent.Count > 0)
        {
            throw new RegistryException(
                400, "MANIFEST_BLOB_UNKNOWN",
                $"Images with digests '[{string.Join(", ", absent)}]' required for pushing image into repository with name '{repository.Name}' in the registry with id '{Account.Id}' do not exist");
        }
    }

    private static Manifest Parse(string mediaType, byte[] bytes)
    {
        try
        {
            return Manifest.Parse(mediaType, bytes);
        }
        catch (FormatException error)
        {
            throw new RegistryException(400, "MANIFEST_INVALID", error.Message);
        }
    }

    private Task DeleteAsync(HttpContext context, Repository repository, string reference)
    {
        Find(repository, reference);
        repositories.Change(repository.Name, before => ImageNames.IsDigest(reference) ? before.WithoutManifest(reference) : before.WithoutTag(reference));
        return RegistryAnswer.Empty(context, 202);
    }

    private StoredManifest Find(Repository repository, string reference) =>
        repository.Find(reference) is { } manifest && blobs.Has(manifest.Digest)
            ? manifest
            : throw new RegistryException(404, "MANIFEST_UNKNOWN", $"'{repository.Name}' has no image '{reference}'");
}
