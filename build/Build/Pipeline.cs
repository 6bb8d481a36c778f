using System.Runtime.InteropServices;
using Cake.Core;
using Slipway.Build.Cloud;
using Slipway.Build.Hosting;
using Slipway.Build.Output;
using Slipway.Build.Testing;
using Slipway.Deployment;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Bootstrapping;
using Slipway.Deployment.Images;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Preflight;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Reports;
using Slipway.Deployment.Rollouts.Smoke;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Settings.Access;
using Slipway.Deployment.Status;

namespace Slipway.Build;

/// <summary>
/// Puts the collaborators of the targets together, each when it is first asked for: <c>--tree</c> needs neither settings nor credentials.
/// </summary>
public sealed class Pipeline : IDisposable
{
    private readonly RepositoryRoot _root;
    private readonly ConsoleReport _report;
    private readonly ISecretMask _mask;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly Dictionary<string, Target> _targets;
    private readonly Lazy<SettingsResult> _settings;
    private readonly Lazy<ArtifactStore> _store;
    private readonly Lazy<AwsConnection> _aws;
    private readonly Lazy<AwsConnection> _readOnlyAws;
    private readonly Lazy<RegistryClient> _registries;
    private readonly Lazy<DeploySteps> _steps;
    private readonly ImageTools _tools;
    private readonly SettingsSources _sources;
    private readonly TestRunner _tests;
    private readonly Stack<IDisposable> _made = new();
    private RunLock? _lock;
    private bool _isAccountKnown;

    /// <summary>Makes nothing yet.</summary>
    public Pipeline(
        ICakeContext cake,
        CommandLine commandLine,
        RepositoryRoot root,
        ConsoleReport report,
        IProcessRunner processes,
        LocalCloudProcess localCloud,
        TestRunner tests,
        ISecretMask mask,
        TimeProvider time)
    {
        (_root, _report, _time, _tests, _mask, LocalCloud) = (root, report, time, tests, mask, localCloud);
        _startedAt = time.GetUtcNow();
        _targets = TargetCatalogue.Find(typeof(Pipeline).Assembly).ToDictionary(target => target.Name, StringComparer.OrdinalIgnoreCase);
        Reach = commandLine.Targets.Select(target => _targets[target].Reach).DefaultIfEmpty(CloudReach.None).Max();
        NeedsSettings = commandLine.Targets.Any(target => _targets[target] is { Reach: >= CloudReach.Settings, TellsOfSettings: false });
        _sources = new SettingsSources
        {
            CommandLine = commandLine.Values,
            Variable = Environment.GetEnvironmentVariable,
            Files = new EnvironmentFolder(root.FullPath),
            Target = commandLine.Targets is [var first, ..] ? first : "Deploy",
            NeedsEnvironment = Reach >= CloudReach.Reads,
            MachinePlatform = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux/arm64" : "linux/amd64",
        };
        _settings = new(() => SettingsReader.Read(_sources));
        _store = new(() => new ArtifactStore(root.FullPath, Settings.Environment));
        _aws = new(() => Connect(readOnly: false));
        _readOnlyAws = new(() => Connect(readOnly: true));
        _registries = new(() => Keep(new RegistryClient(time)));
        _steps = new(() => new DeploySteps(Settings, Store, Ports(_aws.Value, _registries.Value)));
        _tools = new ImageTools(cake, processes, report, root, time);
    }

    /// <summary>The most that the named targets touch.</summary>
    public CloudReach Reach { get; }

    /// <summary>The settings; where they are not valid, a <see cref="SlipwayException"/> with every problem.</summary>
    public DeploymentSettings Settings => _settings.Value.Require();

    /// <summary>Whether a named target cannot begin where settings are refused.</summary>
    public bool NeedsSettings { get; }

    /// <summary>Whether settings are refused.</summary>
    public bool HasRefusedSettings => _settings.Value.Settings is null;

    /// <summary>Whether the run's first target waits until a look at what a deployment needs has found nothing wrong.</summary>
    public bool LooksBeforehand { get; set; }

    /// <summary>Whether they were read and are valid.</summary>
    public bool HasSettings => _settings is { IsValueCreated: true, Value.Settings: not null };

    /// <summary>The switches of the Plan target.</summary>
    public PlanSwitches PlanSwitches => PlanSwitches.Read(_sources);

    /// <summary>The switches of the Logs target.</summary>
    public LogSwitches LogSwitches => LogSwitches.Read(_sources);

    /// <summary>The switch of the Rollback target.</summary>
    public RollbackSwitches RollbackSwitches => RollbackSwitches.Read(_sources);

    /// <summary>The switches of the Deregister target.</summary>
    public DeregisterSwitches DeregisterSwitches => DeregisterSwitches.Read(_sources);

    /// <summary>The command of the RunTask target; null: the container's own.</summary>
    public IReadOnlyList<string>? OneOffCommand => OneOffTaskSettings.ReadCommand(_sources, Settings.OneOffTask);

    /// <summary>The embedded cloud.</summary>
    public LocalCloudProcess LocalCloud { get; }

    /// <summary>Whether this run made the login that is kept for Push.</summary>
    public bool LoggedInHere { get; set; }

    /// <summary>Whether that login outlives the run.</summary>
    public bool KeepsLogin { get; set; }

    /// <summary>Test's work.</summary>
    public TestGate TestGate => new(Settings, _tests, _report, _root);

    /// <summary>The work of DockerBuild, EcrLogin, Push, RenderTaskDef, DeployEcs and RunTask.</summary>
    public DeploySteps Steps => _steps.Value;

    /// <summary>EcrLogout's work.</summary>
    public LogOut LogOut => new(Logins, _report);

    /// <summary>Plan's work, with clients of its own, which cannot write.</summary>
    public PlanDeployment PlanDeployment
    {
        get
        {
            var calls = new PlannedCalls();
            var ports = Ports(_readOnlyAws.Value, Keep(RegistryClient.ReadOnly(_time, calls.Note)));
            return new PlanDeployment(Settings, Store, ports, calls);
        }
    }

    /// <summary>Verify's work, with clients of its own, which cannot write.</summary>
    public Task<Verification> VerifyAsync(CancellationToken cancellationToken) => HasRefusedSettings
        ? Task.FromResult(VerifyEnvironment.OfRefused(_settings.Value, Environment.GetEnvironmentVariable))
        : new VerifyEnvironment(Settings, Store, Preflight(_readOnlyAws.Value, Keep(RegistryClient.ReadOnly(_time, _ => { })))).RunAsync(cancellationToken);

    /// <summary>WaitStable's work.</summary>
    public WaitForStable WaitForStable => new(Settings, Store, Deployer, Logs, _report, _time)
    {
        Identity = _isAccountKnown ? null : new StsCallerIdentity(_aws.Value, _time),
        Proof = new RolloutProof(
            new RegistryManifests(new EcrImageRegistry(_aws.Value, _time, _mask), _registries.Value),
            Settings.Rollout.SmokeUrl is { } url ? new SmokeCheck(url, Settings.Rollout.SmokeTimeout, _report, _time) : null),
    };

    /// <summary>WaitStable's work with what the settings say of failures.</summary>
    public FollowDeployment FollowDeployment => new(Settings, Store, WaitForStable, Deployer, _report, _time);

    /// <summary>Deregister's work.</summary>
    public DeregisterRevisions DeregisterRevisions => new(
        Settings, Store, Deployer, new EcsTaskDefinitions(_aws.Value, _time), new EcsTaskRunner(_aws.Value, _time), Steps.CallerCheck, _report);

    /// <summary>Bootstrap's work, with clients that cannot write.</summary>
    public BootstrapAccount BootstrapAccount => new(
        Settings, _root.FullPath,
        new BootstrapPorts(
            new EcrImageRepositories(_readOnlyAws.Value, _time), new EcsServiceDeployer(_readOnlyAws.Value, _time),
            new AccountReader(_readOnlyAws.Value, _time).HasLogGroupAsync),
        Environment.GetEnvironmentVariable, _report);

    /// <summary>Status's work.</summary>
    public ReadStatus ReadStatus => new(Settings, Deployer);

    /// <summary>Logs' work.</summary>
    public ReadLogs ReadLogs => new(Settings, Deployer, Logs, _time);

    /// <summary>What this run has written down so far.</summary>
    public RunResults Results => new(Store, _startedAt);

    /// <summary>Compares what a deployment took the place of.</summary>
    public RevisionChanges RevisionChanges => new(Deployer, _time);

    private ArtifactStore Store => _store.Value;

    private LoginStore Logins => new(Store, _time);

    private EcsServiceDeployer Deployer => new(_aws.Value, _time);

    private CloudWatchLogReader Logs => new(_aws.Value, _time);

    /// <summary>Before the first target of a deployment: whether its last ones could work.</summary>
    public async Task LookBeforehandAsync(CancellationToken cancellationToken)
    {
        LooksBeforehand = false;
        await PrepareAsync(CloudReach.Changes, cancellationToken).ConfigureAwait(false);
        await new CheckBeforeDeploying(Settings, Store, Preflight(_aws.Value, _registries.Value)).RunAsync(cancellationToken).ConfigureAwait(false);
        // It was refused there, were it another.
        _isAccountKnown = true;
    }

    /// <summary>Before a target's body: what it reaches is there, and no other run changes it.</summary>
    public Task PrepareAsync(string target, CancellationToken cancellationToken) =>
        PrepareAsync(_targets.GetValueOrDefault(target)?.Reach ?? CloudReach.None, cancellationToken);

    private async Task PrepareAsync(CloudReach reach, CancellationToken cancellationToken)
    {
        if (reach == CloudReach.Changes) _lock ??= RunLock.Acquire(_root.FullPath, Settings.Environment);
        if (reach < CloudReach.Reads || HasRefusedSettings || Settings.LocalCloud is not { } cloud) return;
        if (reach == CloudReach.Changes)
        {
            await LocalCloud.EnsureRunningAsync(cloud, cancellationToken).ConfigureAwait(false);
        }
        else if (!await LocalCloud.IsRunningAsync(cloud, cancellationToken).ConfigureAwait(false))
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"The local cloud of environment '{Settings.Environment}' does not run.",
                $"run {BuildCommand.For("LocalUp", Settings.Environment)}, or deploy: {BuildCommand.For("Deploy", Settings.Environment)}");
        }
    }

    /// <summary>
    /// Before the first change on AWS: refuses credentials of another account than the environment's. Asks once a run; the targets of services
    /// and tasks ask again, as they need the caller.
    /// </summary>
    public async Task RequireAccountAsync(CancellationToken cancellationToken)
    {
        if (_isAccountKnown || Settings.LocalCloud is not null || Settings.StartsFrom is not null) return;
        await Steps.CallerCheck.CheckAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        _isAccountKnown = true;
    }

    /// <summary>The embedded cloud's settings; an environment on AWS has none.</summary>
    public LocalCloudSettings RequireLocalCloud() => Settings.LocalCloud ?? throw new SlipwayException(
        ExitCode.InvalidInput,
        $"Environment '{Settings.Environment}' has no local cloud.",
        "name one that has: --environment=local");

    /// <summary>Before the artifacts are deleted: refuses to where another run works on an environment, and lets this run's own lock go.</summary>
    public void RequireNoOtherRun()
    {
        ReleaseLock();
        RunLock.RequireNone(_root.FullPath);
    }

    /// <summary>The end of a run: what it held is let go, and a login that nobody asked for is removed.</summary>
    public void Dispose()
    {
        if (LoggedInHere && !KeepsLogin) LogOut.Run();
        while (_made.TryPop(out var made)) made.Dispose();
        ReleaseLock();
    }

    private void ReleaseLock()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private DeployPorts Ports(AwsConnection aws, RegistryClient registries) => new()
    {
        ChooseBuilder = cancellationToken => Settings.StartsFrom is null
            ? _tools.ChooseBuilderAsync(Settings.Builder, cancellationToken)
            : Task.FromResult<IImageBuilder>(_tools.DockerBuilder),
        Inputs = _tools.Inputs(registries, new EcrImageRegistry(aws, _time, _mask)),
        Registry = new EcrImageRegistry(aws, _time, _mask),
        Repositories = new EcrImageRepositories(aws, _time),
        Registries = registries,
        Pushers = [_tools.DockerPusher(Logins.ConfigFolder), new ArchivePusher(_root.FullPath, registries, Settings.BaseImage, _report)],
        Logins = Logins,
        EngineLogin = () => Store.Find<BuildArtifact>()?.Image is { Archive: null } image && image.Builder == _tools.DockerBuilder.Name ? _tools.DockerLogin : null,
        Deployer = new EcsServiceDeployer(aws, _time),
        Identity = new StsCallerIdentity(aws, _time),
        TaskRunner = new EcsTaskRunner(aws, _time),
        Logs = new CloudWatchLogReader(aws, _time),
        Report = _report,
        Time = _time,
    };

    private PreflightPorts Preflight(AwsConnection aws, RegistryClient registries) => new()
    {
        Identity = new StsCallerIdentity(aws, _time),
        Registry = new EcrImageRegistry(aws, _time, _mask),
        Platforms = registries.FindPlatformsAsync,
        Deployer = new EcsServiceDeployer(aws, _time),
        Logs = new CloudWatchLogReader(aws, _time),
        Account = new AccountReader(aws, _time),
        Network = new Ec2Network(aws, _time),
        Probes = new AwsRightProbes(aws, _time).For(Settings),
        Report = _report,
        Time = _time,
    };

    private AwsConnection Connect(bool readOnly)
    {
        if (Settings.LocalCloud is null) AwsVariables.TidyProcess(Settings.Region);
        return Keep(new AwsConnection(Settings, Environment.GetEnvironmentVariable, _mask, _time, readOnly));
    }

    private T Keep<T>(T made)
        where T : IDisposable
    {
        _made.Push(made);
        return made;
    }
}
