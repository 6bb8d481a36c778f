namespace Slipway.Deployment.Images;

/// <summary>What to build.</summary>
/// <param name="Repository">The repository's name, without registry: "stream-ml-service".</param>
/// <param name="Tag">The image tag.</param>
/// <param name="ProjectFile">The project to publish, relative to the repository root.</param>
/// <param name="Dockerfile">The Dockerfile, relative to the repository root.</param>
/// <param name="BaseImage">The base image's reference; null means the Dockerfile's own default.</param>
/// <param name="Platform">Docker's notation: "linux/amd64", or several: <see cref="ImagePlatforms"/>.</param>
/// <param name="Labels">OCI annotations to set as labels: revision, source, dirty.</param>
/// <param name="Version">The service's version, shown by <c>GET /</c>.</param>
public sealed record ImageBuildRequest(
    string Repository,
    string Tag,
    string ProjectFile,
    string Dockerfile,
    string? BaseImage,
    string Platform,
    IReadOnlyDictionary<string, string> Labels,
    string Version)
{
    /// <summary>A login to the base image's registry; null where the builder needs none, or has one of the user's.</summary>
    public RegistryLogin? BaseLogin { get; init; }
}

/// <summary>An image on this machine: in the engine under <paramref name="LocalReference"/>, or in an archive.</summary>
/// <param name="Builder">"docker" or "sdk".</param>
/// <param name="LocalReference">The engine's name for it, "stream-ml-service:tag"; null for an archive.</param>
/// <param name="Archive">The OCI archive (tar), relative to the repository root, of an image or of an index; null for an engine's image.</param>
/// <param name="Id">The image id or the archive's manifest digest, "sha256:…".</param>
public sealed record BuiltImage(string Builder, string? LocalReference, string? Archive, string Id);

/// <summary>Builds an image on this machine. Nothing leaves the machine.</summary>
public interface IImageBuilder
{
    /// <summary>"docker" or "sdk".</summary>
    string Name { get; }

    /// <summary>Builds; a failure is a <see cref="SlipwayException"/> with <see cref="ExitCode.BuildFailed"/>.</summary>
    Task<BuiltImage> BuildAsync(ImageBuildRequest request, CancellationToken cancellationToken);

    /// <summary>Whether an image that was built earlier is still there, unchanged.</summary>
    Task<bool> ExistsAsync(BuiltImage image, CancellationToken cancellationToken);
}
