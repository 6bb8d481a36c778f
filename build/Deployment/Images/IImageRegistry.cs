using System.Text;

namespace Slipway.Deployment.Images;

/// <summary>A repository as the registry's API describes it.</summary>
/// <param name="Name">"stream-ml-service".</param>
/// <param name="Uri">Registry host and name, as answered, never composed:
/// "123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service".</param>
/// <param name="ImmutableTags">Whether a tag can be written only once.</param>
public sealed record ImageRepository(string Name, string Uri, bool ImmutableTags);

/// <summary>A login to the registry.</summary>
/// <param name="Endpoint">The proxy endpoint as answered: "https://…" or, for an embedded registry, "http://127.0.0.1:4570".</param>
/// <param name="UserName">The user's name; "AWS" for ECR.</param>
/// <param name="Password">A secret: standard input or a 0600 file only.</param>
/// <param name="ExpiresAt">When the token ends.</param>
public sealed record RegistryLogin(string Endpoint, string UserName, string Password, DateTimeOffset ExpiresAt)
{
    /// <summary>The registry's host and port, without a scheme: what Docker's configuration looks a login up by.</summary>
    public string Server => ServerOf(Endpoint);

    /// <summary>User and password as Basic authentication and Docker's configuration write them. A secret.</summary>
    internal string Authentication => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}"));

    /// <summary>The host and port of an endpoint.</summary>
    internal static string ServerOf(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) ? uri.Authority : endpoint;

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{UserName}@{Endpoint}, expires {ExpiresAt:O}";
}

/// <summary>The registry's control API (for Amazon ECR: its service API, not the docker protocol).</summary>
public interface IImageRegistry
{
    /// <summary>The repository; one that does not exist is a <see cref="SlipwayException"/> with remedy.</summary>
    Task<ImageRepository> GetRepositoryAsync(string name, CancellationToken cancellationToken);

    /// <summary>The manifest digest ("sha256:…") behind a tag or a digest; null where there is none.</summary>
    Task<string?> FindDigestAsync(string repository, string tagOrDigest, CancellationToken cancellationToken);

    /// <summary>A new login token.</summary>
    Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken);

    /// <summary>A new login to the registry at a host ("210987654321.dkr.ecr.eu-west-1.amazonaws.com"), of another account or region too;
    /// null where this API hands out none for it.</summary>
    Task<RegistryLogin?> LoginToAsync(string host, CancellationToken cancellationToken);
}
