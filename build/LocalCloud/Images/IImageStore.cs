namespace Slipway.LocalCloud.Images;

/// <summary>A layer's blob as it lies in the registry.</summary>
/// <param name="Digest">"sha256:…" of the packed bytes.</param>
/// <param name="MediaType">Docker's or OCI's layer media type; says whether it is gzip, zstd or plain tar.</param>
/// <param name="File">Absolute path of the blob.</param>
internal sealed record LayerBlob(string Digest, string MediaType, string File);

/// <summary>An image resolved for a task: one platform's manifest.</summary>
/// <param name="Digest">The manifest's digest: what ECS reports as imageDigest.</param>
/// <param name="Reference">host:port/repository@sha256:…</param>
/// <param name="ConfigJson">The image configuration (OCI image-spec, config.md).</param>
/// <param name="Layers">From the base up.</param>
internal sealed record ResolvedImage(string Digest, string Reference, string ConfigJson, IReadOnlyList<LayerBlob> Layers);

/// <summary>The registry's content as the rest of the embedded cloud uses it.</summary>
internal interface IImageStore
{
    /// <summary>
    /// Finds an image by "host:port/name:tag", "host:port/name@sha256:…" or both; an index is resolved to this machine's platform.
    /// Null where this registry has no such image.
    /// </summary>
    ResolvedImage? Resolve(string image);

    /// <summary>Adds a blob from a file that the store may move away; returns its digest.</summary>
    Task<string> AddBlobAsync(string file, CancellationToken cancellationToken);

    /// <summary>Adds a manifest under a tag in a repository that is made where it does not exist; returns its digest.</summary>
    string AddManifest(string repository, string tag, string mediaType, byte[] manifest);
}
