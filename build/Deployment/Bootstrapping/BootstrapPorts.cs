using Slipway.Deployment.Images;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>What Bootstrap asks; every port is asked for reading only.</summary>
/// <param name="Repositories">The registry's repositories.</param>
/// <param name="Deployer">The container service.</param>
/// <param name="HasLogGroup">Whether a log group exists, by its region (null: the environment's) and name.</param>
public sealed record BootstrapPorts(
    IImageRepositories Repositories, IServiceDeployer Deployer, Func<string?, string, CancellationToken, Task<bool>> HasLogGroup);
