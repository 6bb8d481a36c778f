using Slipway.Deployment.Images;

namespace Slipway.Deployment.Planning;

/// <summary>Looks for images as the builder does, and builds none.</summary>
internal sealed class PlanningBuilder(IImageBuilder inner) : IImageBuilder
{
    /// <inheritdoc />
    public string Name => inner.Name;

    /// <summary>What would be built; null where nothing would.</summary>
    public ImageBuildRequest? Build { get; private set; }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(BuiltImage image, CancellationToken cancellationToken) => inner.ExistsAsync(image, cancellationToken);

    /// <inheritdoc />
    public Task<BuiltImage> BuildAsync(ImageBuildRequest request, CancellationToken cancellationToken)
    {
        Build = request;
        return Task.FromResult(Name == "docker"
            ? new BuiltImage(Name, $"{request.Repository}:{request.Tag}", null, PendingDigest.Value)
            : new BuiltImage(Name, null, $"artifacts/images/{request.Tag}.tar", PendingDigest.Value));
    }
}
