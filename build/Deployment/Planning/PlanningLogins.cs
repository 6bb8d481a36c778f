using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.Planning;

/// <summary>Holds the login while a plan is made, in memory only.</summary>
internal sealed class PlanningLogins : ILoginStore
{
    private RegistryLogin? _login;

    /// <inheritdoc />
    public string ConfigFolder => throw new InvalidOperationException("A plan keeps no login on disk.");

    /// <inheritdoc />
    public bool Exists => _login is not null;

    /// <inheritdoc />
    public void Save(RegistryLogin login) => _login = login;

    /// <summary>The login; one of nobody where there is none: why there is none is told already, and the plan goes on to find more.</summary>
    public RegistryLogin Read() => _login ?? new RegistryLogin("", "nobody", "", DateTimeOffset.MaxValue);

    /// <inheritdoc />
    public void Remove() => _login = null;
}
