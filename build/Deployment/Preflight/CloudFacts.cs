using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Preflight.Network;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Preflight;

/// <summary>
/// The questions to the cloud, each with those that it stands on: nobody asks for a service in a cluster that is not there. All of them
/// stand on the caller, so that credentials that do not work are told once.
/// </summary>
internal sealed class CloudFacts : IDisposable
{
    private const int AtOnce = 6;

    private readonly DeploymentSettings _settings;
    private readonly SemaphoreSlim _limit = new(AtOnce);

    public CloudFacts(DeploymentSettings settings, PreflightPorts ports, ArtifactStore store)
    {
        _settings = settings;
        Caller = new("sts:GetCallerIdentity", _limit, ports.Identity.GetAsync);
        Login = new("ecr:GetAuthorizationToken", _limit, ports.Registry.LoginAsync, WithoutCallerAsync);
        Repository = new(
            "ecr:DescribeRepositories", _limit, token => ports.Registry.GetRepositoryAsync(settings.Repository, token), WithoutCallerAsync);
        Cluster = new("ecs:DescribeClusters", _limit, token => ports.Account.FindClusterAsync(settings.Cluster, token), WithoutCallerAsync);
        Service = new(
            "ecs:DescribeServices", _limit, token => ports.Deployer.FindServiceAsync(settings.Cluster, settings.Service, token), WithoutCallerAsync);
        RegionStatus = new("ec2:DescribeRegions", _limit, token => ports.Account.FindRegionStatusAsync(settings.Region, token), WithoutCallerAsync);
        Definition = new(
            "ecs:DescribeTaskDefinition", _limit, token => new LookAtDefinition(settings, ports, store).RunAsync(Caller.Known, Repository.Known, Service.Known, token),
            BeforeDefinitionAsync);
        Family = new(
            "ecs:DescribeTaskDefinition", _limit, token => ports.Deployer.FindTaskDefinitionAsync(FamilyName!, token), WithoutDefinitionAsync);
        Subnets = new("ec2:DescribeSubnets", _limit, token => ports.Network.FindSubnetsAsync(Placement!.Subnets, token), WithoutSubnetsAsync);
        Image = new("ecr:BatchGetImage", _limit, token => new LookAtImage(settings, ports, store).RunAsync(Repository.Known, Login.Known, token), WithoutRepositoryAsync);
        Probes = [.. ports.Probes.Select(probe => (probe.IsNeeded, Question: new Question<bool>(probe.Right, _limit, token => TryAsync(probe, token), WithoutCallerAsync)))];
        Limit = _limit;
    }

    public Question<Caller> Caller { get; }

    public Question<RegistryLogin> Login { get; }

    public Question<ImageRepository> Repository { get; }

    public Question<ClusterState?> Cluster { get; }

    public Question<ServiceState?> Service { get; }

    public Question<string?> RegionStatus { get; }

    /// <summary>The task definition that a deployment would register, or take, as far as it is known now.</summary>
    public Question<DefinitionLook> Definition { get; }

    /// <summary>The latest revision of its family; null where there is none.</summary>
    public Question<LiveTaskDefinition?> Family { get; }

    /// <summary>The subnets of the service that exist.</summary>
    public Question<IReadOnlyList<SubnetState>> Subnets { get; }

    /// <summary>The image that is named already; null where none is.</summary>
    public Question<ImageLook?> Image { get; }

    public IReadOnlyList<(bool IsNeeded, Question<bool> Question)> Probes { get; }

    /// <summary>For further questions of a single check.</summary>
    public SemaphoreSlim Limit { get; }

    /// <summary>Where the service places its tasks; null where that is not known.</summary>
    public TaskPlacement? Placement => Service.Known?.Placement;

    public void Dispose() => _limit.Dispose();

    /// <summary>Why it makes no sense to ask anything; null where it does.</summary>
    public async Task<string?> WithoutCallerAsync(CancellationToken cancellationToken)
    {
        var caller = await Caller.AskAsync(cancellationToken);
        return !caller.HasValue ? "the caller is not known"
            : CallerCheck.OtherAccount(_settings, caller.Value!) is not null ? "the credentials belong to another account"
            : null;
    }

    private string? FamilyName => Definition.Known?.Document.Family;

    private async Task<string?> BeforeDefinitionAsync(CancellationToken cancellationToken)
    {
        // Asked for what they tell; a task definition is looked at without them, too.
        await Task.WhenAll(Caller.AskAsync(cancellationToken), Repository.AskAsync(cancellationToken), Service.AskAsync(cancellationToken));
        if (_settings.TaskDefinition is TaskDefinitionSource.File) return null;
        return await WithoutCallerAsync(cancellationToken)
            ?? (_settings.TaskDefinition is TaskDefinitionSource.Live && ServicePreconditions.Absence(Service.Known, _settings) is not null
                ? "the service is not known"
                : null);
    }

    private async Task<string?> WithoutDefinitionAsync(CancellationToken cancellationToken) =>
        await WithoutCallerAsync(cancellationToken) ?? (
            (await Definition.AskAsync(cancellationToken)).HasValue && FamilyName is { Length: > 0 } ? null : "the task definition is not known");

    private async Task<string?> WithoutRepositoryAsync(CancellationToken cancellationToken)
    {
        if (await WithoutCallerAsync(cancellationToken) is { } because) return because;
        await Login.AskAsync(cancellationToken);
        return (await Repository.AskAsync(cancellationToken)).HasValue ? null : "the repository is not known";
    }

    private async Task<string?> WithoutSubnetsAsync(CancellationToken cancellationToken)
    {
        await Service.AskAsync(cancellationToken);
        return Placement is null ? "the service is not known" : Placement.Subnets.Count == 0 ? "the service names no subnets" : null;
    }

    private static async Task<bool> TryAsync(RightProbe probe, CancellationToken cancellationToken)
    {
        await probe.TryAsync(cancellationToken);
        return true;
    }
}
