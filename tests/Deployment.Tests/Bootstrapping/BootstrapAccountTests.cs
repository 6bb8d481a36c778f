using Amazon.ECS.Model;
using Slipway.Deployment.Bootstrapping;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;
using Slipway.Deployment.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Deployment.Tests.Bootstrapping;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BootstrapAccountTests
{
    private const string Definition = """
        {
          "family": "parrot", "executionRoleArn": "arn:aws:iam::123456789012:role/path/pulls", "taskRoleArn": "${role}",
          "containerDefinitions": [
            { "name": "a", "image": "x", "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/parrot", "awslogs-region": "us-east-1" } } },
            { "name": "b", "image": "x", "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/parrot", "awslogs-region": "us-east-1" } } },
            { "name": "c", "image": "x", "logConfiguration": { "logDriver": "splunk", "options": { "awslogs-group": "/none" } } }
          ]
        }
        """;

    private readonly FakeService service = new();
    private readonly FakeRepositories repositories = new();
    private readonly HashSet<string> logGroups = new(StringComparer.Ordinal) { "/ecs/parrot" };
    private TemporaryFolder folder = null!;
    private DeploymentSettings settings = TestSettings.Local with { Environment = "production", TaskDefinition = new TaskDefinitionSource.File("td.json") };
    private string? gitHubRepository;

    [SetUp]
    public void Begin()
    {
        folder = new TemporaryFolder();
        folder.Write("td.json", Definition);
        service.Definitions["parrot"] = new("arn:aws:ecs:us-east-1:123456789012:task-definition/parrot:7", "{}");
        repositories.Names.Add("stream-ml-service");
    }

    [TearDown]
    public void End() => folder.Dispose();

    [Test]
    public async Task Where_everything_is_there_only_the_roles_are_left_to_check()
    {
        var advice = await RunAsync();

        Assert.That(advice.IsIncomplete, Is.False);
        Assert.That(advice.Parts.Select(part => $"{part.Presence} {part.Title}"), Is.EqualTo(new[]
        {
            "Present repository 'stream-ml-service'", "Present log group '/ecs/parrot'", "Present cluster 'emotional-parrot'",
            "Present task definition family 'parrot'", "Present service 'stream-ml-service-1'", "Unknown execution role 'pulls'",
        }));
        Assert.That(Commands(advice), Has.None.Contains("service.yaml").And.None.Contains("aws ecr ").And.Some.Contains("aws iam get-role --role-name pulls"));
    }

    [Test]
    public async Task What_is_missing_is_made_by_a_stack_and_what_is_there_stays_out_of_it()
    {
        repositories.Names.Clear();
        service.State = null;

        var advice = await RunAsync();

        Assert.That(Commands(advice).Single(command => command.Contains("infra/service.yaml", StringComparison.Ordinal)), Is.EqualTo(
            "aws cloudformation deploy --region us-east-1 --stack-name stream-ml-service-1 --template-file infra/service.yaml --capabilities CAPABILITY_NAMED_IAM "
            + "--parameter-overrides CreateRepository=true CreateLogGroup=false CreateCluster=false CreateTaskDefinition=false CreateService=true "
            + "CreateSecurityGroup=true CreateExecutionRole=false CreateTaskRole=false RepositoryName=stream-ml-service ClusterName=emotional-parrot "
            + "ServiceName=stream-ml-service-1 LogGroupName=/ecs/parrot FamilyName=parrot ExecutionRoleName=pulls VpcId=vpc-YOURS "
            + "SubnetIds=subnet-YOURS,subnet-ANOTHER ContainerPort=8000"));
        Assert.That(Commands(advice), Does.Contain(
            "aws ecr create-repository --repository-name stream-ml-service --image-tag-mutability IMMUTABLE --image-scanning-configuration scanOnPush=true --region us-east-1"));
    }

    [Test]
    public async Task A_missing_cluster_is_told_from_a_missing_service()
    {
        service.FailNextLooks(1, () => new SlipwayException(
            ExitCode.PreconditionFailed, "no cluster", null, new ClusterNotFoundException("no") { ErrorCode = "ClusterNotFoundException" }));

        var advice = await RunAsync();

        Assert.That(Missing(advice), Is.EqualTo(new[] { PartKind.Cluster, PartKind.Service }));
        Assert.That(Commands(advice), Does.Contain("aws ecs create-cluster --cluster-name emotional-parrot --region us-east-1"));
        Assert.That(Commands(advice), Has.Some.Contains("CreateCluster=true").And.Some.Contains("CreateExecutionRole=true"));
    }

    [Test]
    public async Task A_missing_log_group_gets_a_retention()
    {
        logGroups.Clear();

        var commands = Commands(await RunAsync());

        Assert.That(commands, Does.Contain("aws logs create-log-group --log-group-name /ecs/parrot --region us-east-1"));
        Assert.That(commands, Does.Contain("aws logs put-retention-policy --log-group-name /ecs/parrot --retention-in-days 30 --region us-east-1"));
    }

    [Test]
    public async Task What_may_not_be_asked_is_not_known_and_no_failure()
    {
        service.FailNextLooks(1, () => new SlipwayException(
            ExitCode.PreconditionFailed, "denied", null, new AccessDeniedException("no") { ErrorCode = "AccessDeniedException" }));

        var advice = await RunAsync();

        Assert.That(advice.Parts.Where(part => part.Why == "denied").Select(part => part.Kind), Is.EqualTo(new[] { PartKind.Cluster, PartKind.Service }));
        Assert.That(advice.IsIncomplete, Is.False);
    }

    [Test]
    public async Task Other_failures_are_failures()
    {
        service.FailNextLooks(1, () => new SlipwayException(ExitCode.PreconditionFailed, "the session has ended"));

        Assert.That((await Assert.ThrowsAsync<SlipwayException>(RunAsync))!.Message, Is.EqualTo("the session has ended"));
    }

    [Test]
    public async Task On_the_embedded_cloud_the_commands_name_it_and_nothing_else_is_advised()
    {
        settings = TestSettings.Local with { TaskDefinition = new TaskDefinitionSource.File("td.json"), LocalCloud = new LocalCloudSettings(4570, 8000, "auto") };
        repositories.Names.Clear();

        var advice = await RunAsync();

        Assert.That(advice.Blocks, Has.Count.EqualTo(1));
        Assert.That(Commands(advice).Single(), Does.EndWith("--region us-east-1 --endpoint-url http://127.0.0.1:4570"));
    }

    [TestCase("octo-org/parrots", "GitHubOwner=octo-org GitHubRepository=parrots GitHubEnvironment=production")]
    [TestCase(null, "GitHubOwner=OWNER GitHubRepository=NAME GitHubEnvironment=production")]
    [TestCase("odd", "GitHubOwner=OWNER GitHubRepository=NAME GitHubEnvironment=production")]
    public async Task The_roles_trust_the_repository_that_the_run_is_of(string? repository, string parameters)
    {
        gitHubRepository = repository;

        Assert.That(Commands(await RunAsync()), Has.Some.Contains("infra/github-deploy.yaml").And.Some.Contains(parameters));
    }

    [Test]
    public async Task GitHub_gets_names_as_variables_and_keys_as_secrets_that_are_asked_for()
    {
        var commands = Commands(await RunAsync());

        Assert.That(commands, Does.Contain("gh variable set ECS_CLUSTER --body emotional-parrot").And.Contain("gh secret set AWS_SECRET_ACCESS_KEY"));
        Assert.That(commands, Does.Contain(
            "gh variable set AWS_ROLE_ARN --env production --body \"$(aws cloudformation describe-stacks --region us-east-1 "
            + "--stack-name stream-ml-service-1-github --query 'Stacks[0].Outputs[?OutputKey=='\\''DeployRoleArn'\\''].OutputValue' --output text)\""));
    }

    private static List<string> Commands(BootstrapAdvice advice) => [.. advice.Blocks.SelectMany(block => block.Commands)];

    private static IEnumerable<PartKind> Missing(BootstrapAdvice advice) =>
        advice.Parts.Where(part => part.Presence == Presence.Missing).Select(part => part.Kind);

    private Task<BootstrapAdvice> RunAsync() => new BootstrapAccount(
        settings, folder.Path, new BootstrapPorts(repositories, service, (_, name, _) => Task.FromResult(logGroups.Contains(name))),
        name => name == "GITHUB_REPOSITORY" ? gitHubRepository : null, new RecordingReport()).RunAsync(CancellationToken.None);
}
