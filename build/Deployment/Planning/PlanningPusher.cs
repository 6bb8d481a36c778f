using Slipway.Deployment.Images;

namespace Slipway.Deployment.Planning;

/// <summary>Notes the requests of a push, and sends nothing.</summary>
internal sealed class PlanningPusher(IImagePusher inner, PlanningRegistry registry, PlannedCalls calls) : IImagePusher
{
    /// <inheritdoc />
    public string Builder => inner.Builder;

    /// <inheritdoc />
    public Task<PushRefusal?> PushAsync(BuiltImage image, ImageRepository repository, string tag, RegistryLogin login, CancellationToken cancellationToken)
    {
        calls.Read("registry:GetBlob", $"{repository.Uri}: HEAD for each layer and the configuration");
        calls.Write("registry:PutBlob", $"{repository.Uri}: POST, PATCH, PUT for each that is missing");
        calls.Write("registry:PutManifest", $"{repository.Uri}:{tag}");

        // An archive's digest is what the registry will show; an engine's image gets its digest by the push.
        registry.Push(repository.Name, tag, image.Archive is null ? PendingDigest.Value : image.Id);
        return Task.FromResult<PushRefusal?>(null);
    }
}
