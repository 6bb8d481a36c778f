using System.Text;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Deployment.Aws;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Deployment.Tests.Aws.Contract;

/// <summary>An account at an endpoint, with what the cases need, and the product's own adapters onto it.</summary>
internal sealed class ContractAccount(AwsConnection connection, TaskPlacement placement)
{
    public const string Cluster = "parrots";
    public const string Repository = "parrots";
    public const string LogGroup = "/ecs/parrots";
    public const string Tag = "v1";

    private const string Config = "{}";

    public static string Manifest { get; } =
        $$"""{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{Config.Length}},"digest":"{{Digests.Of(Config)}}"},"layers":[]}""";

    public static string ManifestDigest { get; } = Digests.Of(Manifest);

    public static ReadOnlyMemory<byte> ConfigBytes => Encoding.UTF8.GetBytes(Config);

    public EcsServiceDeployer Deployer { get; } = new(connection, TimeProvider.System);

    public EcsTaskDefinitions Definitions { get; } = new(connection, TimeProvider.System);

    public EcsTaskRunner Runner { get; } = new(connection, TimeProvider.System);

    public EcrImageRegistry Registry { get; } = new(connection, TimeProvider.System, new NoSecretMask());

    public EcrImageRepositories Repositories { get; } = new(connection, TimeProvider.System);

    public CloudWatchLogReader Logs { get; } = new(connection, TimeProvider.System);

    public AccountReader Account { get; } = new(connection, TimeProvider.System);

    public Ec2Network Network { get; } = new(connection, TimeProvider.System);

    public AwsRightProbes Probes { get; } = new(connection, TimeProvider.System);

    public TaskPlacement Placement => placement;

    /// <summary>Where all of it answers.</summary>
    public Uri Endpoint => connection.Embedded!;

    public StsCallerIdentity Identity { get; } = new(connection, TimeProvider.System);

    /// <summary>What the cases share.</summary>
    public async Task SeedAsync()
    {
        await connection.Ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = Cluster });
        await connection.Ecr.CreateRepositoryAsync(new CreateRepositoryRequest { RepositoryName = Repository, ImageTagMutability = ImageTagMutability.IMMUTABLE });
        var logs = connection.Logs(null);
        await logs.CreateLogGroupAsync(new CreateLogGroupRequest { LogGroupName = LogGroup });
        await logs.CreateLogStreamAsync(new CreateLogStreamRequest { LogGroupName = LogGroup, LogStreamName = "ecs/parrot/1" });
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await logs.PutLogEventsAsync(new PutLogEventsRequest
        {
            LogGroupName = LogGroup,
            LogStreamName = "ecs/parrot/1",
            LogEvents = [new() { Timestamp = now, Message = "one" }, new() { Timestamp = now.AddMilliseconds(1), Message = "zwei ä" }],
        });
    }

    /// <summary>A new revision; answers with its ARN.</summary>
    public Task<string> RegisterAsync(string family) => Deployer.RegisterTaskDefinitionAsync(
        family,
        Encoding.UTF8.GetBytes($$"""
            {"family":"{{family}}","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512",
             "containerDefinitions":[{"name":"parrot","image":"registry.invalid/parrots@{{ManifestDigest}}","essential":true,"memory":256}]}
            """),
        CancellationToken.None);

    /// <summary>A service of the family's name and first revision, without tasks; answers with that revision.</summary>
    public async Task<string> CreateServiceAsync(string name)
    {
        var arn = await RegisterAsync(name);
        await connection.Ecs.CreateServiceAsync(new CreateServiceRequest
        {
            Cluster = Cluster,
            ServiceName = name,
            TaskDefinition = arn,
            DesiredCount = 0,
            LaunchType = LaunchType.FARGATE,
            NetworkConfiguration = new NetworkConfiguration
            {
                AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = [.. placement.Subnets], SecurityGroups = [.. placement.SecurityGroups] },
            },
        });
        return arn;
    }

    public async Task<ServiceState> UpdateAsync(string service, string arn, int? count = null) =>
        await Deployer.UpdateServiceAsync(new ServiceUpdate(Cluster, service, arn, count), CancellationToken.None);

    public async Task<TaskState> RunAsync(string arn) => await Runner.RunAsync(
        new OneOffTask(Cluster, arn, "parrot", ["true"], new Dictionary<string, string>(), placement, "slipway/contract"), CancellationToken.None);
}
