using Slipway.Deployment.Artifacts;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.OneOffTasks;
using Slipway.Deployment.Tests.Rollouts.Scenarios;

namespace Slipway.Deployment.Tests.Rollouts;

/// <summary>Puts DeployEcs's work together as the pipeline does.</summary>
internal sealed record DeployServices(
    DeploymentSettings Settings, ArtifactStore Store, IServiceDeployer Deployer, ICallerIdentity Identity, IReport Report, TimeProvider Time)
{
    public FakeTaskRunner Runner { get; init; } = new();

    public CallerCheck CallerCheck => new(Settings, Identity, Report, Time);

    public StartDeployment Start => new(Settings, Store, Deployer, Report, Time);

    public DeployService DeployService => new(
        Settings, Store, Deployer, CallerCheck, new RenderedRevision(Settings, Store, Deployer, Report),
        new RunOneOffTask(Settings, Deployer, Runner, new FakeLogs(), Report, Time), Start, Report)
    {
        Proof = new RolloutProof(new OneManifest(), null),
    };
}

/// <summary>Answers with one account.</summary>
internal sealed class FakeIdentity(string account = "123456789012") : ICallerIdentity
{
    public CredentialSession? Session { get; init; }

    public Task<Caller> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Caller(account, $"arn:aws:iam::{account}:user/x") { Session = Session });
}
