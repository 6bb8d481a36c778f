using Slipway.Deployment.Images;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Rollbacks;

/// <summary>Whether the images of a revision are still in their repositories: lifecycle rules remove old ones.</summary>
internal sealed class ImagePresence(IImageRegistry registry, IReport report)
{
    /// <summary>An image that is gone is a <see cref="SlipwayException"/>; one in a registry that this program cannot ask is said.</summary>
    public async Task CheckAsync(string revision, TaskDefinitionDocument document, CancellationToken cancellationToken)
    {
        foreach (var uri in document.Containers.Select(container => CheckRun.TextOf(container["image"])).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!ImageReference.TryParse(uri, out var image) || await FindRepositoryAsync(image, cancellationToken) is not { } repository)
            {
                report.Fact($"Image '{uri}' is not in this account's registry: not checked.");
            }
            else if (await registry.FindDigestAsync(repository, image.Digest ?? image.Tag ?? "latest", cancellationToken) is null)
            {
                throw new SlipwayException(
                    ExitCode.PreconditionFailed, $"The image '{uri}' of '{revision}' is no longer in its repository, so that nothing can go back to it.",
                    "name another revision with --to=family:number, or push the image again");
            }
        }
    }

    private async Task<string?> FindRepositoryAsync(ImageReference image, CancellationToken cancellationToken)
    {
        if (image.Host is null) return null;
        try
        {
            var repository = await registry.GetRepositoryAsync(image.Name, cancellationToken);
            return ImageReference.TryParse(repository.Uri, out var address) && address.Host == image.Host ? repository.Name : null;
        }
        catch (SlipwayException refused)
        {
            report.Detail(refused.Message);
            return null;
        }
    }
}
