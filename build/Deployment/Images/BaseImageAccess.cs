using System.Net;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Images;

/// <summary>Finds the digest of a base image, with a login where its registry wants one and is one that this account's API knows.</summary>
/// <param name="registry">Logs in; null where nobody can.</param>
/// <param name="registries">Asks the registry.</param>
internal sealed class BaseImageAccess(IImageRegistry? registry, RegistryClient registries)
{
    /// <summary>
    /// The digest, null where the registry has none, and the login that was needed for it. A registry of Amazon ECR that lets nobody in is a
    /// <see cref="SlipwayException"/>, any other's refusal an <see cref="HttpRequestException"/>.
    /// </summary>
    /// <param name="image">The base image; its host must be named.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<(string? Digest, RegistryLogin? Login)> FindAsync(ImageReference image, CancellationToken cancellationToken)
    {
        if (EcrHost.Parse(image.Host) is null)
        {
            try
            {
                return (await registries.FindDigestAsync(image, null, cancellationToken), null);
            }
            catch (HttpRequestException e) when (registry is not null && IsOnThisMachine(image) && IsRefusal(e))
            {
                // It may be the one that ECR's API names on this machine.
            }
        }

        if (registry is null || await registry.LoginToAsync(image.Host!, cancellationToken) is not { } login)
            return (await registries.FindDigestAsync(image, null, cancellationToken), null);
        try
        {
            return (await registries.FindDigestAsync(image, login, cancellationToken), login);
        }
        catch (HttpRequestException e) when (IsRefusal(e))
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed, $"The base image '{image}' cannot be read: {e.Message}",
                "allow the caller ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on its repository; in another account its repository policy must allow it too", e);
        }
    }

    /// <summary>Whether an address with a digest must be asked all the same, for its login.</summary>
    public static bool MayWantLogin(ImageReference image) => EcrHost.Parse(image.Host) is not null || IsOnThisMachine(image);

    private static bool IsOnThisMachine(ImageReference image) => Uri.TryCreate($"http://{image.Host}/", UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static bool IsRefusal(HttpRequestException e) => e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
