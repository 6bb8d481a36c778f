namespace Slipway.LocalCloud.Images;

/// <summary>Where ECR says that this account's images are: in the cloud's own registry, or in another one on this machine.</summary>
internal interface IRegistryPlace
{
    /// <summary>"http://127.0.0.1:4570": what GetAuthorizationToken calls the proxy endpoint.</summary>
    string Endpoint { get; }

    /// <summary>"127.0.0.1:4570": the first part of a repository's URI.</summary>
    string Host { get; }

    /// <summary>Whether the layers lie in this cloud's own store. Where they do not, an engine must pull them.</summary>
    bool HoldsLayers { get; }

    /// <summary>A login that opens the registry.</summary>
    RegistryCredentials Login();

    /// <summary>Lets the store know what the registry has now under a tag or digest; null: under every tag.</summary>
    void Refresh(string repository, string? reference);
}

/// <summary>A login as GetAuthorizationToken hands it out.</summary>
internal sealed record RegistryCredentials(string User, string Password, DateTimeOffset ExpiresAt);
