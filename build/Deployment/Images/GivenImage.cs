using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Images;

/// <summary>Finds the digest of an image that the run was given with <c>--image</c>.</summary>
internal sealed class GivenImage(DeploymentSettings settings, IImageRegistry registry, IReport report)
{
    public async Task<ImageArtifact> ResolveAsync(string image, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(image, out var reference))
            throw new SlipwayException(
                ExitCode.InvalidInput, $"'{image}' is no image's address.", "give it as host/name:tag or host/name@sha256:…");
        var ours = await registry.GetRepositoryAsync(settings.Repository, cancellationToken);
        return HostOf(ours.Uri) == reference.Host
            ? await FindAsync(reference, ours, cancellationToken)
            : Elsewhere(reference);
    }

    private async Task<ImageArtifact> FindAsync(ImageReference reference, ImageRepository ours, CancellationToken cancellationToken)
    {
        var repository = reference.Name == ours.Name ? ours : await registry.GetRepositoryAsync(reference.Name, cancellationToken);
        var digest = await registry.FindDigestAsync(repository.Name, reference.Digest ?? reference.Tag!, cancellationToken)
            ?? throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"The repository '{repository.Uri}' has no image '{reference.Digest ?? reference.Tag}'.",
            "look at the images that it has: aws ecr list-images --repository-name " + repository.Name);
        report.Fact($"Nothing to push: '{reference}' is in the repository ({digest}).");
        return Artifact(reference, digest, $"{repository.Uri}@{digest}");
    }

    // A registry that this account's API does not know is not asked: its digest must be given, as a tag there may change under way.
    private ImageArtifact Elsewhere(ImageReference reference)
    {
        var digest = reference.Digest ?? throw new SlipwayException(
            ExitCode.InvalidInput,
            $"The image '{reference}' is in another registry, and its tag may change while it is deployed.",
            $"give it by digest: --image={reference with { Tag = null }}@sha256:…");
        report.Fact($"Nothing to push: '{reference}' is in another registry, which is not asked.");
        return Artifact(reference, digest, (reference with { Tag = null }).ToString());
    }

    private ImageArtifact Artifact(ImageReference reference, string digest, string uri) => new(
        ImageArtifact.CurrentSchema, settings.Environment, null, reference.Name, reference.Tag, digest, uri, settings.Platform, null);

    private static string? HostOf(string repositoryUri) => ImageReference.TryParse(repositoryUri, out var uri) ? uri.Host : null;
}
