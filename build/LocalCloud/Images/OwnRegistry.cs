using Slipway.LocalCloud.Hosting;

namespace Slipway.LocalCloud.Images;

/// <summary>The registry on this cloud's own port: what was pushed lies in the store already.</summary>
internal sealed class OwnRegistry(BoundPorts ports, RegistryTokens tokens) : IRegistryPlace
{
    public string Endpoint => ports.Endpoint;

    public string Host => ports.Registry;

    public bool HoldsLayers => true;

    public RegistryCredentials Login()
    {
        var (password, expiresAt) = tokens.Issue();
        return new RegistryCredentials(RegistryTokens.User, password, expiresAt);
    }

    public void Refresh(string repository, string? reference)
    {
        // Nothing is elsewhere.
    }
}
