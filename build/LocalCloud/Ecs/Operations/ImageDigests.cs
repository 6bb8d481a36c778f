using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Ecs.Operations;

/// <summary>
/// The digests that a service revision pins. They are asked for while the state is free: the registry may be another one, and slow.
/// </summary>
internal sealed class ImageDigests(IImageStore images)
{
    /// <summary>By image as the containers name it; null where it is unknown now, and its task will say why.</summary>
    public IReadOnlyDictionary<string, string?> Of(TaskDefinition definition) => ContainerDefinition.All(definition.Document)
        .Select(container => container.Image).Distinct(StringComparer.Ordinal).ToDictionary(image => image, Of, StringComparer.Ordinal);

    private string? Of(string image)
    {
        try
        {
            return images.Resolve(image)?.Digest;
        }
        catch (ApiException)
        {
            return null;
        }
    }
}
