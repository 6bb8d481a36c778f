using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Rollouts;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Planning;

/// <summary>One pass over the steps. A step that fails is noted, and the ones after it run as far as they can without it.</summary>
internal sealed class PlanRun
{
    private readonly DeploymentSettings _settings;
    private readonly ArtifactStore _work;
    private readonly DeployPorts _real;
    private readonly PlannedCalls _calls;
    private readonly PlanningReport _report;
    private readonly PlanningRegistry _registry;
    private readonly PlanningDeployer _deployer;
    private readonly PlanningIdentity _identity;
    private readonly DeploySteps _steps;
    private readonly List<PlanProblem> _problems = [];
    private PlanningBuilder? _builder;
    private ImageArtifact? _image;
    private TaskDefinitionArtifact? _rendered;
    private DeploymentArtifact? _deployment;

    public PlanRun(DeploymentSettings settings, ArtifactStore work, DeployPorts real, PlannedCalls calls)
    {
        (_settings, _work, _real, _calls) = (settings, work, real, calls);
        _report = new PlanningReport(real.Report);
        _registry = new PlanningRegistry(real.Registry, calls, () => _builder?.Build);
        _deployer = new PlanningDeployer(real.Deployer, calls);
        _identity = new PlanningIdentity(real.Identity, calls);
        _steps = new DeploySteps(settings, work, real with
        {
            ChooseBuilder = async cancellationToken => _builder = new PlanningBuilder(await real.ChooseBuilder(cancellationToken)),
            Registry = _registry,
            Repositories = new PlanningRepositories(real.Repositories, _registry, calls),
            Pushers = [.. real.Pushers.Select(pusher => new PlanningPusher(pusher, _registry, calls))],
            Logins = new PlanningLogins(),
            EngineLogin = () => null,
            Deployer = _deployer,
            Identity = _identity,
            TaskRunner = new PlanningTaskRunner(real.TaskRunner, calls),
            Logs = new PlanningLogReader(),
            Report = _report,
        });
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isBuilt = await TryAsync("DockerBuild", async () => await (await _steps.CreateImageBuildAsync(cancellationToken)).RunAsync(cancellationToken));
        await TryAsync("EcrLogin", () => _steps.LogIn.RunAsync(cancellationToken));
        var isPushed = isBuilt && await TryAsync("Push", async () => _image = await _steps.PushImage.RunAsync(cancellationToken));
        if (!isBuilt) await TryAsync("Push", () => _registry.GetRepositoryAsync(_settings.Repository, cancellationToken));
        if (!isPushed) KeepUnknownImage();

        await TryAsync("RenderTaskDef", async () => _rendered = await _steps.RenderTaskDefinition.RunAsync(cancellationToken));
        if (_rendered is not null) await TryAsync("DeployEcs", async () => _deployment = await _steps.DeployService.RunAsync(cancellationToken));
        await LookAtLiveAsync(cancellationToken);
        if (_deployment is null) await LookOnAsync(cancellationToken);
        else _calls.Read("ecs:DescribeServices", "WaitStable, with ListTasks, DescribeTasks, DescribeServiceDeployments, until the service is stable");
    }

    public DeploymentPlan Tell() =>
        new PlanTelling(_settings, _work, _report, _registry, _builder, _deployer, _identity, _calls)
            .Tell(_image, _rendered, _deployment, _problems);

    /// <summary>The image's problem is told; the task definition is checked all the same, with a digest that is not known.</summary>
    private void KeepUnknownImage()
    {
        var build = _work.Find<BuildArtifact>();
        _work.Write(new ImageArtifact(
            ImageArtifact.CurrentSchema, _settings.Environment, build?.Fingerprint, _settings.Repository, build?.Tag, PendingDigest.Value,
            $"{_settings.Repository}@{PendingDigest.Value}", _settings.Platform, build?.Commit));
    }

    /// <summary>The live revision, which no step asks for where an existing one is deployed: to show the differences, so that no failure counts.</summary>
    private async Task LookAtLiveAsync(CancellationToken cancellationToken)
    {
        if (_deployer.Service is not { } service || _deployer.Asked(service.TaskDefinitionArn) is not null) return;
        try
        {
            await _deployer.LookAtAsync(service.TaskDefinitionArn, cancellationToken);
        }
        catch (Exception failure) when (failure is SlipwayException or TransientServiceException)
        {
            _real.Report.Detail($"The live revision is not compared: {failure.Message}");
        }
    }

    /// <summary>What else stands in the way, where the step that would have met it did not come so far.</summary>
    private async Task LookOnAsync(CancellationToken cancellationToken)
    {
        await TryAsync("DeployEcs", () => _real.Identity.GetAsync(cancellationToken));
        await TryAsync("DeployEcs", () => ServicePreconditions.FindActiveAsync(_real.Deployer, _settings, cancellationToken));
    }

    private async Task<bool> TryAsync(string target, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (TransientServiceException failure)
        {
            Add(target, failure.ToFailure());
        }
        catch (SlipwayException failure)
        {
            Add(target, failure);
        }

        return false;
    }

    private void Add(string target, SlipwayException failure)
    {
        if (_problems.All(problem => problem.Message != failure.Message))
            _problems.Add(new PlanProblem(target, failure.Message, failure.Remedy, failure.ExitCode));
    }
}
