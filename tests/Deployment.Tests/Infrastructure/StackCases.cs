using System.Text.Json.Nodes;

namespace Slipway.Deployment.Tests.Infrastructure;

/// <summary>The combinations of parameters that matter, with what CloudFormation makes of them.</summary>
internal static class StackCases
{
    private const string Service = "service.yaml";
    private const string Deploy = "github-deploy.yaml";

    private const string Names = """
        AwsRegion = us-east-1
        EcrRepository = stream-ml-service
        EcsCluster = emotional-parrot
        EcsService = stream-ml-service-1
        ExecutionRoleArn = arn:aws:iam::ACCOUNT:role/ecsTaskExecutionRole
        """;

    private const string Repository = """
        repository/stream-ml-service.imageTagMutability = IMMUTABLE
        repository/stream-ml-service.imageScanningConfiguration.scanOnPush = True
        repository/stream-ml-service.lifecycle[0].tagStatus = untagged
        repository/stream-ml-service.lifecycle[0].countNumber = 1
        repository/stream-ml-service.lifecycle[1].tagStatus = any
        repository/stream-ml-service.lifecycle[1].countNumber = 100
        """;

    private const string LogGroup = """
        log group//ecs/stream-ml-service.logGroupName = /ecs/stream-ml-service
        log group//ecs/stream-ml-service.retentionInDays = 30
        """;

    private const string Cluster = """
        cluster/emotional-parrot.status = ACTIVE
        cluster/emotional-parrot.capacityProviders[0] = FARGATE
        cluster/emotional-parrot.capacityProviders[1] = FARGATE_SPOT
        """;

    private const string ExecutionRole = """
        role/ecsTaskExecutionRole.maxSessionDuration = 3600
        role/ecsTaskExecutionRole.trust.Service = ecs-tasks.amazonaws.com
        role/ecsTaskExecutionRole.managed.AmazonECSTaskExecutionRolePolicy = arn:aws:iam::aws:policy/service-role
        """;

    private const string TaskRole = """
        role/stream-ml-service-task.maxSessionDuration = 3600
        role/stream-ml-service-task.trust.Service = ecs-tasks.amazonaws.com
        role/stream-ml-service-task.condition.StringEquals.aws:SourceAccount = ACCOUNT
        """;

    private const string Family = """
        family/stream-ml-service.networkMode = awsvpc
        family/stream-ml-service.requiresCompatibilities[0] = FARGATE
        family/stream-ml-service.cpu = 256
        family/stream-ml-service.memory = 512
        family/stream-ml-service.executionRoleArn = arn:aws:iam::ACCOUNT:role/ecsTaskExecutionRole
        family/stream-ml-service.container.name = stream-ml-service
        family/stream-ml-service.container.image = ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:none
        family/stream-ml-service.container.essential = True
        family/stream-ml-service.port = 8000
        """;

    private const string SecurityGroup = """
        security group.description = Tasks of stream-ml-service-1
        security group.network = VPC
        security group.out[0][0] = -1
        security group.out[0][1][0] = 0.0.0.0/0
        """;

    private const string SleepingService = """
        service/stream-ml-service-1.status = ACTIVE
        service/stream-ml-service-1.desiredCount = 0
        service/stream-ml-service-1.launchType = FARGATE
        service/stream-ml-service-1.family = stream-ml-service
        service/stream-ml-service-1.deploymentConfiguration.minimumHealthyPercent = 100
        service/stream-ml-service-1.deploymentConfiguration.maximumPercent = 200
        service/stream-ml-service-1.deploymentConfiguration.deploymentCircuitBreaker.enable = True
        service/stream-ml-service-1.deploymentConfiguration.deploymentCircuitBreaker.rollback = True
        service/stream-ml-service-1.networkConfiguration.awsvpcConfiguration.subnets[0] = SUBNET0
        service/stream-ml-service-1.networkConfiguration.awsvpcConfiguration.subnets[1] = SUBNET1
        service/stream-ml-service-1.networkConfiguration.awsvpcConfiguration.securityGroups[0] = SG
        service/stream-ml-service-1.networkConfiguration.awsvpcConfiguration.assignPublicIp = DISABLED
        """;

    private const string OneTrust = """
        role/ROLE.maxSessionDuration = 3600
        role/ROLE.trust.Federated = arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com
        role/ROLE.condition.StringEquals.token.actions.githubusercontent.com:aud = sts.amazonaws.com
        role/ROLE.condition.StringEquals.token.actions.githubusercontent.com:sub = repo:octo-org/parrots:SUBJECT
        """;

    private const string Rights = """
        role/stream-ml-service-deploy.managed.stream-ml-service-deploy = arn:aws:iam::ACCOUNT:policy
        role/stream-ml-service-plan.inline.read = RegistryLogin ImagesRead TaskDefinitionsRead ServiceRead TasksList TasksRead
        policy/stream-ml-service-deploy.sids = RegistryLogin ImagesRead LayersRead ImagesPush TaskDefinitionsRead TaskDefinitionsRegister TaskDefinitionsTag RolesPass ServiceRead ServiceUpdate ServiceDeploymentStop TasksList TasksRead TasksRun TasksStop LogsRead ClusterRead SurroundingsRead
        """;

    private const string RoleArns = """
        DeployRoleArn = arn:aws:iam::ACCOUNT:role/stream-ml-service-deploy
        PlanRoleArn = arn:aws:iam::ACCOUNT:role/stream-ml-service-plan
        DeployPolicyArn = arn:aws:iam::ACCOUNT:policy/stream-ml-service-deploy
        """;

    private static readonly string BothTrusts =
        Trust("stream-ml-service-deploy", "environment:production") + "\n" + Trust("stream-ml-service-plan", "pull_request");

    public static StackCase WithEverything { get; } = new(
        "All options of the roles", Deploy,
        Of("""
            {
              "GitHubOwner": "octo-org", "GitHubRepository": "parrots", "AttachToUser": "true", "BaseRepositoryName": "base",
              "AllowCreateRepository": "true", "AllowDeregister": "true",
              "PermissionsBoundaryArn": "arn:aws:iam::aws:policy/PowerUserAccess", "$make": ["user:github-actions"]
            }
            """),
        Lines(BothTrusts, Rights, "provider.Url = token.actions.githubusercontent.com", "provider.ClientIDList[0] = sts.amazonaws.com", """
            role/stream-ml-service-deploy.boundary = arn:aws:iam::aws:policy/PowerUserAccess
            role/stream-ml-service-plan.boundary = arn:aws:iam::aws:policy/PowerUserAccess
            role/stream-ml-service-deploy.managed.slipway-BaseImagePolicy = arn:aws:iam::ACCOUNT:policy
            role/stream-ml-service-deploy.managed.slipway-CreateRepositoryPolicy = arn:aws:iam::ACCOUNT:policy
            role/stream-ml-service-deploy.managed.slipway-DeregisterPolicy = arn:aws:iam::ACCOUNT:policy
            role/stream-ml-service-plan.managed.slipway-BaseImagePolicy = arn:aws:iam::ACCOUNT:policy
            policy/stream-ml-service-deploy.users[0] = github-actions
            policy/slipway-BaseImagePolicy.users[0] = github-actions
            policy/slipway-BaseImagePolicy.sids = BaseImageRead
            policy/slipway-CreateRepositoryPolicy.users[0] = github-actions
            policy/slipway-CreateRepositoryPolicy.sids = RepositoryCreate
            policy/slipway-DeregisterPolicy.users[0] = github-actions
            policy/slipway-DeregisterPolicy.sids = TaskDefinitionsDeregister
            """),
        Lines(RoleArns));

    public static IEnumerable<TestCaseData> All { get; } = new StackCase[]
    {
        new(
            "Everything is missing", Service,
            Of("""{ "VpcId": "$vpc", "SubnetIds": "$subnets" }"""),
            Lines(Repository, LogGroup, Cluster, ExecutionRole, TaskRole, Family, SecurityGroup, SleepingService),
            Lines(Names, """
                RepositoryUri = ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service
                TaskRoleArn = arn:aws:iam::ACCOUNT:role/stream-ml-service-task
                SecurityGroupId = SG
                """)),
        new(
            "A service behind a load balancer", Service,
            Of("""
                {
                  "VpcId": "$vpc", "SubnetIds": "$subnets", "IngressCidr": "10.0.0.0/16", "CreateRepository": "false", "CreateLogGroup": "false",
                  "CreateExecutionRole": "false", "CreateTaskRole": "false",
                  "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:ACCOUNT:targetgroup/parrots/0123456789abcdef"
                }
                """),
            Lines(Cluster, Family, SecurityGroup, SleepingService, """
                security group.in[0][0] = tcp
                security group.in[0][1] = 8000
                security group.in[0][2] = 8000
                security group.in[0][3][0] = 10.0.0.0/16
                service/stream-ml-service-1.loadBalancers[0].targetGroupArn = arn:aws:elasticloadbalancing:us-east-1:ACCOUNT:targetgroup/parrots/0123456789abcdef
                service/stream-ml-service-1.loadBalancers[0].containerName = stream-ml-service
                service/stream-ml-service-1.loadBalancers[0].containerPort = 8000
                service/stream-ml-service-1.healthCheckGracePeriodSeconds = 60
                """),
            Lines(Names, "SecurityGroupId = SG")),
        new(
            "Only repository and log group are missing", Service,
            Of("""
                {
                  "CreateCluster": "false", "CreateExecutionRole": "false", "CreateTaskRole": "false", "CreateSecurityGroup": "false",
                  "CreateTaskDefinition": "false", "CreateService": "false", "$make": ["cluster:emotional-parrot"]
                }
                """),
            Lines(Repository, LogGroup, "cluster/emotional-parrot.status = ACTIVE"),
            Lines(Names, "RepositoryUri = ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service")),
        new(
            "Only the service is missing", Service,
            Of("""
                {
                  "CreateRepository": "false", "CreateLogGroup": "false", "CreateCluster": "false", "CreateExecutionRole": "false",
                  "CreateTaskRole": "false", "CreateSecurityGroup": "false", "CreateTaskDefinition": "false",
                  "SubnetIds": "$subnets", "SecurityGroupIds": "sg-0123456789abcdef0", "$make": ["cluster:emotional-parrot", "family:stream-ml-service"]
                }
                """),
            Lines(SleepingService, """
                cluster/emotional-parrot.status = ACTIVE
                family/stream-ml-service.networkMode = bridge
                family/stream-ml-service.container.name = stream-ml-service
                family/stream-ml-service.container.image = x
                family/stream-ml-service.container.essential = True
                """),
            Lines(Names)),
        new(
            "Roles and provider", Deploy,
            Of("""{ "GitHubOwner": "octo-org", "GitHubRepository": "parrots" }"""),
            Lines(BothTrusts, Rights, "provider.Url = token.actions.githubusercontent.com", "provider.ClientIDList[0] = sts.amazonaws.com"),
            Lines(RoleArns)),
        new(
            "The account has GitHub's provider, and another environment deploys", Deploy,
            Of("""
                {
                  "GitHubOwner": "octo-org", "GitHubRepository": "parrots", "CreateOidcProvider": "false", "GitHubEnvironment": "staging",
                  "OidcProviderArn": "arn:aws:iam::ACCOUNT:oidc-provider/ghe.example.com"
                }
                """),
            Lines(
                BothTrusts.Replace(":oidc-provider/token.actions.githubusercontent.com", ":oidc-provider/ghe.example.com", StringComparison.Ordinal)
                    .Replace("environment:production", "environment:staging", StringComparison.Ordinal),
                Rights),
            Lines(RoleArns)),
        WithEverything,
    }.Select(given => new TestCaseData(given).SetArgDisplayNames(given.Name));

    private static string Trust(string role, string subject) =>
        OneTrust.Replace("ROLE", role, StringComparison.Ordinal).Replace("SUBJECT", subject, StringComparison.Ordinal);

    private static JsonObject Of(string json) => JsonNode.Parse(json)!.AsObject();

    private static List<string> Lines(params string[] blocks) => [.. blocks.SelectMany(block => block.ReplaceLineEndings("\n").Split('\n'))];
}
