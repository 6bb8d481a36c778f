namespace Slipway.Deployment.Images;

/// <summary>Sends a built image to a registry.</summary>
public interface IImagePusher
{
    /// <summary>Which builder's images it sends: "docker" or "sdk".</summary>
    string Builder { get; }

    /// <summary>
    /// Sends the image; null where the registry took it, else its refusal. What is wrong on this machine is a <see cref="SlipwayException"/>.
    /// The digest is read back by the caller.
    /// </summary>
    /// <param name="image">What was built.</param>
    /// <param name="repository">Where to.</param>
    /// <param name="tag">The tag to write.</param>
    /// <param name="login">The login that EcrLogin left.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    Task<PushRefusal?> PushAsync(BuiltImage image, ImageRepository repository, string tag, RegistryLogin login, CancellationToken cancellationToken);
}
