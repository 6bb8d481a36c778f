using System.Net.Sockets;
using Newtonsoft.Json;

namespace Slipway.Deployment.Images;

/// <summary>Says which manifests an image's address stands for.</summary>
public interface IImageManifests
{
    /// <summary>
    /// The digests of the manifests in an index; empty for an image that is none. A registry that cannot be asked is a
    /// <see cref="SlipwayException"/>.
    /// </summary>
    /// <param name="image">The address, with host and digest.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    Task<IReadOnlyList<string>> FindAsync(string image, CancellationToken cancellationToken);
}

/// <summary>Asks the registry itself, with a login of the control API where that hands out one for it: for another account's repository, too.</summary>
/// <param name="registry">Hands out the login.</param>
/// <param name="client">Speaks the registry's protocol.</param>
public sealed class RegistryManifests(IImageRegistry registry, RegistryClient client) : IImageManifests
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> FindAsync(string image, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(image, out var reference) || reference.Host is null) return [];
        try
        {
            var login = await registry.LoginToAsync(reference.Host, cancellationToken);
            return await client.FindManifestDigestsAsync(reference, login, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or IOException or InvalidDataException or JsonException)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed, $"failed to read the manifests of '{image}': {error.Message}",
                "allow the caller ecr:GetAuthorizationToken and ecr:BatchGetImage", error);
        }
    }
}
