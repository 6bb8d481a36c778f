using Microsoft.Net.Http.Headers;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Registry;

/// <summary>Blobs, whole or in ranges.</summary>
internal sealed class BlobHandler(RepositoryStore repositories, BlobStore blobs)
{
    public Task HandleAsync(HttpContext context, Repository repository, string digest)
    {
        if (!ImageNames.IsDigest(digest)) throw new RegistryException(400, "DIGEST_INVALID", $"'{digest}' is no sha256 digest");
        if (!repository.Blobs.Contains(digest) || !blobs.Has(digest))
            throw new RegistryException(404, "BLOB_UNKNOWN", $"'{repository.Name}' has no blob '{digest}'");
        switch (context.Request.Method)
        {
            case "GET" or "HEAD":
                context.Response.Headers["Docker-Content-Digest"] = digest;
                return TypedResults.PhysicalFile(
                    blobs.PathOf(digest), "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true).ExecuteAsync(context);
            case "DELETE":
                repositories.Change(repository.Name, before => before with { Blobs = before.Blobs.Remove(digest) });
                return RegistryAnswer.Empty(context, 202);
            case var method:
                throw RegistryApi.NotAllowed(method);
        }
    }
}
