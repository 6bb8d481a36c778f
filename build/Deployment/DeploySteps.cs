using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment;

/// <summary>All that the steps of a deployment need of the world outside. A plan puts others in their place that change nothing.</summary>
public sealed record DeployPorts
{
    /// <summary>Chooses what builds; docker that was asked for and does not answer is a <see cref="SlipwayException"/>.</summary>
    public required Func<CancellationToken, Task<IImageBuilder>> ChooseBuilder { get; init; }

    /// <summary>Says what the image is made of.</summary>
    public required ImageInputs Inputs { get; init; }

    /// <summary>The registry's API.</summary>
    public required IImageRegistry Registry { get; init; }

    /// <summary>The registry's repositories.</summary>
    public required IImageRepositories Repositories { get; init; }

    /// <summary>The registry's own protocol.</summary>
    public required RegistryClient Registries { get; init; }

    /// <summary>One for each builder.</summary>
    public required IReadOnlyList<IImagePusher> Pushers { get; init; }

    /// <summary>Where the login is kept.</summary>
    public required ILoginStore Logins { get; init; }

    /// <summary>Gives what checks a login where an engine will push; null where none will.</summary>
    public Func<IEngineLogin?> EngineLogin { get; init; } = () => null;

    /// <summary>The container service.</summary>
    public required IServiceDeployer Deployer { get; init; }

    /// <summary>Says whose the credentials are.</summary>
    public required ICallerIdentity Identity { get; init; }

    /// <summary>Tasks outside of services.</summary>
    public required ITaskRunner TaskRunner { get; init; }

    /// <summary>What containers wrote.</summary>
    public required ILogReader Logs { get; init; }

    /// <summary>Looks up an environment variable of the run, for placeholders.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Tells a person.</summary>
    public required IReport Report { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}

/// <summary>The steps from the sources to a started deployment, put together once, for Deploy and for Plan.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="store">Where each step finds what the one before left.</param>
/// <param name="ports">The world outside.</param>
public sealed class DeploySteps(DeploymentSettings settings, ArtifactStore store, DeployPorts ports)
{
    /// <summary>EcrLogin's work.</summary>
    public LogIn LogIn => new(settings, ports.Logins, ports.Registry, ports.EngineLogin(), ports.Report);

    /// <summary>Push's work.</summary>
    public PushImage PushImage =>
        new(settings, store, ports.Logins, ports.Inputs, ports.Registry, ports.Repositories, ports.Registries, ports.Pushers, ports.Report, ports.Time);

    /// <summary>RenderTaskDef's work.</summary>
    public RenderTaskDefinition RenderTaskDefinition => new(
        settings, store, new(() => new TaskDefinitionCloud(ports.Deployer, ports.Registry, ports.Identity)), ports.Variable, ports.Report);

    /// <summary>DeployEcs's work.</summary>
    public DeployService DeployService =>
        new(settings, store, ports.Deployer, CallerCheck, Revisions, OneOffTask, StartDeployment, ports.Report)
        {
            Proof = new RolloutProof(new RegistryManifests(ports.Registry, ports.Registries), null),
        };

    /// <summary>RunTask's work.</summary>
    public RunTaskOfRevision RunTaskOfRevision => new(settings, store, ports.Deployer, CallerCheck, Revisions, OneOffTask);

    /// <summary>Rollback's work.</summary>
    public RollBackService RollBackService => new(
        settings, store, ports.Deployer, new TaskDefinitionCloud(ports.Deployer, ports.Registry, ports.Identity), CallerCheck, StartDeployment,
        ports.Report, ports.Time);

    /// <summary>Asks whose the credentials are.</summary>
    public CallerCheck CallerCheck => new(settings, ports.Identity, ports.Report, ports.Time);

    private RenderedRevision Revisions => new(settings, store, ports.Deployer, ports.Report);

    private RunOneOffTask OneOffTask => new(settings, ports.Deployer, ports.TaskRunner, ports.Logs, ports.Report, ports.Time);

    private StartDeployment StartDeployment => new(settings, store, ports.Deployer, ports.Report, ports.Time);

    /// <summary>DockerBuild's work, with the builder that this machine and the settings allow.</summary>
    public async Task<BuildImage> CreateImageBuildAsync(CancellationToken cancellationToken) =>
        new(settings, store, await ports.ChooseBuilder(cancellationToken), ports.Inputs, ports.Registry, ports.Report);
}
