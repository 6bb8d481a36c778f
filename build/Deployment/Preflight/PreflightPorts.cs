using Slipway.Deployment.Images;
using Slipway.Deployment.Preflight.Network;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Preflight;

/// <summary>All that the checks need of the world outside. Every port is asked for reading only.</summary>
public sealed record PreflightPorts
{
    /// <summary>Says whose the credentials are.</summary>
    public required ICallerIdentity Identity { get; init; }

    /// <summary>The registry's API.</summary>
    public required IImageRegistry Registry { get; init; }

    /// <summary>The platforms of an image by its address, as its registry tells them; with a login where one is given.</summary>
    public required Func<ImageReference, RegistryLogin?, CancellationToken, Task<IReadOnlyList<string>>> Platforms { get; init; }

    /// <summary>The container service.</summary>
    public required IServiceDeployer Deployer { get; init; }

    /// <summary>What containers wrote.</summary>
    public required ILogReader Logs { get; init; }

    /// <summary>What else the account has.</summary>
    public required IAccountReader Account { get; init; }

    /// <summary>The network of the tasks.</summary>
    public required INetworkReader Network { get; init; }

    /// <summary>Rights that are tried by a harmless request of their own.</summary>
    public IReadOnlyList<RightProbe> Probes { get; init; } = [];

    /// <summary>Looks up an environment variable of the run.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Marks where a file is broken; the checks themselves tell nothing before all of them are done.</summary>
    public required IReport Report { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}

/// <summary>A right, with a request that shows whether the caller has it and changes nothing.</summary>
/// <param name="Right">"ecs:ListTasks".</param>
/// <param name="IsNeeded">Whether a deployment cannot do without it.</param>
/// <param name="TryAsync">Sends the request; an answer of any kind but a denial proves the right.</param>
public sealed record RightProbe(string Right, bool IsNeeded, Func<CancellationToken, Task> TryAsync);

/// <summary>A cluster.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Status">"ACTIVE", "INACTIVE", "PROVISIONING", …</param>
public sealed record ClusterState(string Arn, string Status);

/// <summary>
/// What an account has that a deployment itself never asks for. Failures are as those of <see cref="IServiceDeployer"/>.
/// </summary>
public interface IAccountReader
{
    /// <summary>The cluster by name or ARN; null where there is none.</summary>
    Task<ClusterState?> FindClusterAsync(string cluster, CancellationToken cancellationToken);

    /// <summary>Whether a log group exists.</summary>
    /// <param name="region">Its region; null: the environment's.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<bool> HasLogGroupAsync(string? region, string name, CancellationToken cancellationToken);

    /// <summary>Those of some SSM parameters, by name, that do not exist. No value is asked for.</summary>
    Task<IReadOnlyList<string>> FindMissingParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>Whether the account uses a region: "opted-in", "opt-in-not-required" or "not-opted-in"; null where AWS has none of that name.</summary>
    Task<string?> FindRegionStatusAsync(string region, CancellationToken cancellationToken);
}
