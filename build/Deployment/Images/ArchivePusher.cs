using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Images;

/// <summary>Sends the sdk builder's archives, without an engine.</summary>
/// <param name="repositoryRoot">The repository's root folder.</param>
/// <param name="registries">Speaks to the registry.</param>
/// <param name="baseImage">The base image, whose layers a registry that has them can link; null where unknown.</param>
/// <param name="report">Where progress goes.</param>
public sealed class ArchivePusher(string repositoryRoot, RegistryClient registries, string? baseImage, IReport report) : IImagePusher
{
    private const string Again = "run the same command: what has arrived is not sent again";

    /// <inheritdoc />
    public string Builder => "sdk";

    /// <inheritdoc />
    public async Task<PushRefusal?> PushAsync(
        BuiltImage image, ImageRepository repository, string tag, RegistryLogin login, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse($"{repository.Uri}:{tag}", out var target) || target.Host is null)
            throw new SlipwayException(ExitCode.PushFailed, $"failed to push to '{repository.Uri}:{tag}': it is no image's address.");
        try
        {
            using var archive =
                OciArchive.Open(Path.Combine(repositoryRoot, image.Archive ?? throw new InvalidDataException("the image has no archive")));
            if (archive.Root.Digest != image.Id)
                throw new InvalidDataException($"it holds '{archive.Root.Digest}', and DockerBuild made '{image.Id}'");
            await registries.PushAsync(archive, target, login, MountFrom(target), report, cancellationToken);
            return null;
        }
        catch (HttpRequestException e)
        {
            var refusal = PushRefusals.Read([e.Message]);

            // The client has tried again already, for as long as that makes sense.
            return refusal.Kind == PushRefusalKind.Passing || e.StatusCode is null
                ? refusal with { Kind = PushRefusalKind.Final, Remedy = $"see that the registry answers at '{target.Host}', then {Again}" }
                : refusal;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(
                ExitCode.PushFailed, $"failed to push '{target}' from '{image.Archive}': {e.Message}",
                "build it again with --target=DockerBuild --rebuild", e);
        }
    }

    private string? MountFrom(ImageReference target) =>
        baseImage is not null && ImageReference.TryParse(baseImage, out var reference) && reference.Host == target.Host ? reference.Name
            : null;
}
