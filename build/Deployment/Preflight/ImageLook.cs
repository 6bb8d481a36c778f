using System.Net.Sockets;
using Newtonsoft.Json;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight;

/// <summary>An image that is named before a deployment begins.</summary>
/// <param name="Address">As it is named.</param>
/// <param name="Origin">What names it: "--image", "image.json".</param>
/// <param name="IsOurs">Whether it is in the registry of the account; others are not asked.</param>
/// <param name="Digest">What is there; null: nothing, or not asked.</param>
/// <param name="Platforms">What it is built for; empty where that is not known.</param>
/// <param name="Unread">Why the platforms are not known; null where they are.</param>
internal sealed record ImageLook(
    ImageReference Address, string Origin, bool IsOurs, string? Digest, IReadOnlyList<string> Platforms, string? Unread);

/// <summary>Looks for the image that the settings name, or that an earlier Push left; null where there is none yet.</summary>
internal sealed class LookAtImage(DeploymentSettings settings, PreflightPorts ports, ArtifactStore store)
{
    public async Task<ImageLook?> RunAsync(ImageRepository? repository, RegistryLogin? login, CancellationToken cancellationToken)
    {
        if (settings.TaskDefinition is TaskDefinitionSource.Revision || repository is null) return null;
        var named = settings.Image ?? store.Find<ImageArtifact>()?.Uri;
        if (named is null || !ImageReference.TryParse(named, out var image)) return null;
        var origin = settings.Image is null ? "image.json" : "--image";
        var host = ImageReference.TryParse(repository.Uri, out var ours) ? ours.Host : null;
        if (image.Host != host) return new ImageLook(image, origin, IsOurs: false, null, [], null);

        var digest = await ports.Registry.FindDigestAsync(image.Name, image.Digest ?? image.Tag ?? "latest", cancellationToken);
        if (digest is null) return new ImageLook(image, origin, IsOurs: true, null, [], null);
        try
        {
            var platforms = await ports.Platforms(image with { Tag = null, Digest = digest }, login, cancellationToken);
            return new ImageLook(image, origin, IsOurs: true, digest, platforms, platforms.Count == 0 ? "the image does not tell it" : null);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException or InvalidDataException or JsonException)
        {
            return new ImageLook(image, origin, IsOurs: true, digest, [], error.Message);
        }
    }
}
