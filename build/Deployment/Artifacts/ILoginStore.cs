using Slipway.Deployment.Images;

namespace Slipway.Deployment.Artifacts;

/// <summary>Where EcrLogin leaves the registry's login for Push.</summary>
public interface ILoginStore
{
    /// <summary>The folder for DOCKER_CONFIG, absolute.</summary>
    string ConfigFolder { get; }

    /// <summary>Whether anything is kept.</summary>
    bool Exists { get; }

    /// <summary>Keeps a login; takes the place of a former one.</summary>
    void Save(RegistryLogin login);

    /// <summary>The login; a missing, broken or expired one is a <see cref="SlipwayException"/> that says what to run.</summary>
    RegistryLogin Read();

    /// <summary>Removes what is kept; nothing to remove is fine.</summary>
    void Remove();
}
