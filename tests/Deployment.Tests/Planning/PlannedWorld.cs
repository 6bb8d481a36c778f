using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.OneOffTasks;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using Slipway.Deployment.Tests.TaskDefinitions;

namespace Slipway.Deployment.Tests.Planning;

/// <summary>A repository, a registry and a service in memory, on which a plan is made and carried out.</summary>
internal sealed class PlannedWorld : IDisposable
{
    private readonly RegistryClient _client = RegistryClient.ReadOnly(TimeProvider.System, _ => { });

    public PlannedWorld()
    {
        Folder.Write("src/App/App.csproj", "<Project />");
        Folder.Write("src/App/Program.cs", "class Program;");
        Folder.Write("src/App/Dockerfile", "FROM scratch");
        Folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped);
        Store = new ArtifactStore(Folder.Path, "local");
        Pusher = new FakeImagePusher("sdk", Registry);
        Service.State = Service.State! with { Name = Settings.Service };
        Service.Definitions[Given.OldRevision] = new LiveTaskDefinition(
            Given.OldRevision, TestDocuments.Shipped.Replace(":latest", "@" + Given.OtherDigest, StringComparison.Ordinal));
    }

    public TemporaryFolder Folder { get; } = new();

    public ArtifactStore Store { get; }

    public FakeImageBuilder Builder { get; } = new("sdk");

    public FakeImageRegistry Registry { get; } = new();

    public FakeImagePusher Pusher { get; }

    public FakeService Service { get; } = new();

    public FakeTaskRunner Runner { get; } = new();

    public FakeCaller Caller { get; } = new();

    public RecordingReport Report { get; } = new();

    public DeploymentSettings Settings { get; set; } = TestSettings.Local with
    {
        Values =
        [
            new SettingValue("cluster", "emotional-parrot", "infra/environments/local.json"),
            new SettingValue("builder", "auto", "default"),
            new SettingValue("image-tag", null, "unset"),
            new SettingValue("AWS_SECRET_ACCESS_KEY", "(set, hidden)", "environment"),
        ],
    };

    public Task<DeploymentPlan> PlanAsync()
    {
        var calls = new PlannedCalls();
        return new PlanDeployment(Settings, Store, Ports, calls).RunAsync(CancellationToken.None);
    }

    /// <summary>The steps as Deploy takes them, and a service that has come to rest.</summary>
    public async Task DeployAsync()
    {
        var steps = new DeploySteps(Settings, Store, Ports);
        await (await steps.CreateImageBuildAsync(CancellationToken.None)).RunAsync(CancellationToken.None);
        await steps.LogIn.RunAsync(CancellationToken.None);
        await steps.PushImage.RunAsync(CancellationToken.None);
        await steps.RenderTaskDefinition.RunAsync(CancellationToken.None);
        var deployment = await steps.DeployService.RunAsync(CancellationToken.None);
        var rest = Given.Rollout(rollout: "COMPLETED", running: 1, revision: deployment.TaskDefinitionArn);
        Service.State = Given.Service(rest) with { Name = Settings.Service };
        Service.Tasks.Clear();
        Service.Tasks.Add(Given.Running(digest: deployment.ImageDigest) with { TaskDefinitionArn = deployment.TaskDefinitionArn });
    }

    /// <summary>Every file below artifacts/, with its content and its time.</summary>
    public Dictionary<string, string> Artifacts()
    {
        var root = Folder.Combine("artifacts");
        return !Directory.Exists(root) ? [] : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(root, file), file => $"{File.GetLastWriteTimeUtc(file):O} {File.ReadAllText(file)}");
    }

    public void Dispose()
    {
        _client.Dispose();
        Folder.Dispose();
    }

    private DeployPorts Ports => new()
    {
        ChooseBuilder = _ => Task.FromResult<IImageBuilder>(Builder),
        Inputs = new ImageInputs(
            Folder.Path, new FakeProcessRunner().Answers("git", "# branch.oid " + new string('a', 40)).Answers("dotnet", "10.0.100"), _client, TimeProvider.System, Report),
        Registry = Registry,
        Repositories = Registry,
        Registries = _client,
        Pushers = [Pusher],
        Logins = new LoginStore(Store, TimeProvider.System),
        Deployer = Service,
        Identity = Caller,
        TaskRunner = Runner,
        Logs = new FakeLogs(),
        Report = Report,
        Time = new FakeTimeProvider(Given.Noon),
    };

    internal sealed class FakeCaller : ICallerIdentity
    {
        public string Account { get; set; } = "123456789012";

        public SlipwayException? Failure { get; set; }

        public Task<Caller> GetAsync(CancellationToken cancellationToken) =>
            Failure is null ? Task.FromResult(new Caller(Account, $"arn:aws:iam::{Account}:user/x")) : throw Failure;
    }
}
