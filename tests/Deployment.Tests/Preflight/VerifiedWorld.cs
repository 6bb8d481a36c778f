using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Preflight;
using Slipway.Deployment.Preflight.Network;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using Slipway.Deployment.Tests.TaskDefinitions;

namespace Slipway.Deployment.Tests.Preflight;

/// <summary>An account in memory in which everything is as it must be, until a test changes something.</summary>
internal sealed class VerifiedWorld : IAccountReader, INetworkReader, ICallerIdentity, IImageRegistry, IDisposable
{
    public const string Denied = "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ";

    public VerifiedWorld()
    {
        Folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped);
        Store = new ArtifactStore(Folder.Path, "local");
        Service.Definitions["stream-ml-service"] = new LiveTaskDefinition(
            "arn:aws:ecs:us-east-1:123456789012:task-definition/stream-ml-service:7", TestDocuments.Shipped);
        Service.State = Given.Service(Given.Rollout(rollout: "COMPLETED", running: 1)) with
        {
            Name = "stream-ml-service-1",
            Arn = "arn:aws:ecs:us-east-1:123456789012:service/emotional-parrot/stream-ml-service-1",
            TaskDefinitionArn = "arn:aws:ecs:us-east-1:123456789012:task-definition/stream-ml-service:7",
            CircuitBreaker = true,
            RollsBack = true,
            MaximumPercent = 200,
            Placement = new TaskPlacement { LaunchType = "FARGATE", Subnets = ["subnet-1", "subnet-2"], SecurityGroups = ["sg-1"], AssignPublicIp = true },
        };
    }

    public TemporaryFolder Folder { get; } = new();

    public ArtifactStore Store { get; }

    public FakeImageRegistry Registry { get; } = new();

    public FakeService Service { get; } = new();

    public FakeLogs Logs { get; } = new();

    public RecordingReport Report { get; } = new();

    public DeploymentSettings Settings { get; set; } = TestSettings.Local with { ContainerPort = 8000 };

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    public List<RightProbe> Probes { get; } = [];

    public List<string> Platforms { get; } = ["linux/amd64"];

    public ClusterState? Cluster { get; set; } = new("arn:aws:ecs:us-east-1:123456789012:cluster/emotional-parrot", "ACTIVE");

    public List<string> LogGroups { get; } = ["/ecs/stream-ml-service"];

    public List<string> MissingParameters { get; } = [];

    public List<string> AskedParameters { get; } = [];

    public string? RegionStatus { get; set; } = "opt-in-not-required";

    public List<SubnetState> Subnets { get; } = [new("subnet-1", "vpc-1", "us-east-1a", 250), new("subnet-2", "vpc-1", "us-east-1b", 250)];

    public Dictionary<string, string> SecurityGroups { get; } = new(StringComparer.Ordinal) { ["sg-1"] = "vpc-1" };

    public List<RouteTableState> RouteTables { get; } = [new("rtb-1", true, [], [new("10.0.0.0/16", "local", true), new("0.0.0.0/0", "igw-1", true)])];

    public List<VpcEndpointState> Endpoints { get; } = [];

    public Caller Caller { get; set; } = new("123456789012", "arn:aws:iam::123456789012:user/ci");

    /// <summary>What a call of this port fails with: "Caller", "Cluster", "LogGroup", "Parameters", "Region", "Subnets", "RouteTables", …</summary>
    public Dictionary<string, Exception> Failures { get; } = new(StringComparer.Ordinal);

    public async Task<Verification> VerifyAsync() => await new VerifyEnvironment(Settings, Store, Ports).RunAsync(CancellationToken.None);

    public Task LookAsync() => new CheckBeforeDeploying(Settings, Store, Ports).RunAsync(CancellationToken.None);

    /// <summary>The check of a name, wherever it is in the tree.</summary>
    public async Task<CheckNode> FindAsync(string name) => All((await VerifyAsync()).Groups).First(node => node.Name == name);

    public static IEnumerable<CheckNode> All(IEnumerable<CheckNode> nodes) => nodes.SelectMany(node => All(node.Children).Prepend(node));

    public void EditTaskDefinition(string before, string after) =>
        Folder.Write("infra/ecs-task-def.json", TestDocuments.Shipped.Replace(before, after, StringComparison.Ordinal));

    public void Dispose() => Folder.Dispose();

    public Task<Caller> GetAsync(CancellationToken cancellationToken) => AnswerAsync("Caller", Caller);

    public Task<ImageRepository> GetRepositoryAsync(string name, CancellationToken cancellationToken) =>
        Failures.TryGetValue("Repository", out var failure) ? Task.FromException<ImageRepository>(failure) : Registry.GetRepositoryAsync(name, cancellationToken);

    public Task<string?> FindDigestAsync(string repository, string tagOrDigest, CancellationToken cancellationToken) =>
        Registry.FindDigestAsync(repository, tagOrDigest, cancellationToken);

    public Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken) => Registry.LoginAsync(cancellationToken);

    public Task<RegistryLogin?> LoginToAsync(string host, CancellationToken cancellationToken) => Registry.LoginToAsync(host, cancellationToken);

    public Task<ClusterState?> FindClusterAsync(string cluster, CancellationToken cancellationToken) => AnswerAsync("Cluster", Cluster);

    public Task<bool> HasLogGroupAsync(string? region, string name, CancellationToken cancellationToken) => AnswerAsync("LogGroup", LogGroups.Contains(name));

    public Task<IReadOnlyList<string>> FindMissingParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        AskedParameters.AddRange(names);
        return AnswerAsync<IReadOnlyList<string>>("Parameters", [.. names.Intersect(MissingParameters)]);
    }

    public Task<string?> FindRegionStatusAsync(string region, CancellationToken cancellationToken) => AnswerAsync("Region", RegionStatus);

    public Task<IReadOnlyList<SubnetState>> FindSubnetsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<SubnetState>>("Subnets", [.. Subnets.Where(subnet => ids.Contains(subnet.Id))]);

    public Task<IReadOnlyDictionary<string, string>> FindSecurityGroupsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyDictionary<string, string>>("SecurityGroups", SecurityGroups);

    public Task<IReadOnlyList<RouteTableState>> FindRouteTablesAsync(string vpcId, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<RouteTableState>>("RouteTables", RouteTables);

    public Task<IReadOnlyList<VpcEndpointState>> FindEndpointsAsync(string vpcId, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<VpcEndpointState>>("Endpoints", Endpoints);

    private Task<T> AnswerAsync<T>(string call, T value) =>
        Failures.TryGetValue(call, out var failure) ? Task.FromException<T>(failure) : Task.FromResult(value);

    private PreflightPorts Ports => new()
    {
        Identity = this,
        Registry = this,
        Platforms = (_, _, _) => Task.FromResult<IReadOnlyList<string>>(Platforms),
        Deployer = Service,
        Logs = Logs,
        Account = this,
        Network = this,
        Probes = Probes,
        Variable = name => Variables.GetValueOrDefault(name),
        Report = Report,
        Time = new FakeTimeProvider(Given.Noon),
    };
}
