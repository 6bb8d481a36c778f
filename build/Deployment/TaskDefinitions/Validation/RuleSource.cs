namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>A text that rules come from.</summary>
/// <param name="Words">Its name and chapter.</param>
/// <param name="Address">Its page; null where it has no stable one.</param>
internal sealed record RuleSource(string Words, string? Address = null)
{
    private const string Rfc = "https://www.rfc-editor.org/rfc/rfc8259#section-";

    public static RuleSource Json { get; } = new("RFC 8259, section 2", Rfc + "2");

    public static RuleSource JsonObjects { get; } = new("RFC 8259, section 4", Rfc + "4");

    public static RuleSource JsonEncoding { get; } = new("RFC 8259, section 8", Rfc + "8");

    public static RuleSource JsonParsers { get; } = new("RFC 8259, section 9: a parser may set limits", Rfc + "9");

    public static RuleSource Settings { get; } = new("the environment's settings");

    public static RuleSource Model { get; } = new("ECS service model, RegisterTaskDefinitionRequest");

    public static RuleSource Reference { get; } = new(
        "Amazon ECS API Reference, the member's description", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html");

    public static RuleSource Strings { get; } = new("POSIX.1-2017, execve: arguments and variables end at NUL", "https://pubs.opengroup.org/onlinepubs/9699919799/functions/exec.html");

    public static RuleSource Variables { get; } = new(
        "POSIX.1-2017, Environment Variables", "https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html");

    public static RuleSource Editors { get; } = new("JSON Schema, how editors find one");

    public static RuleSource Quotas { get; } = new("Amazon ECS Developer Guide, service quotas", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html");

    public static RuleSource Secrets { get; } = Guide("Pass sensitive data to a container", "specifying-sensitive-data");

    public static RuleSource EcrHosts { get; } = new("Amazon ECR User Guide, Amazon ECR private registry", "https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html");

    public static RuleSource DockerLogs { get; } = new("Docker documentation, Configure logging drivers", "https://docs.docker.com/engine/logging/configure/");

    public static RuleSource FargateGuide { get; } = Guide("Amazon ECS task definition differences for Fargate", "fargate-tasks-services");

    public static RuleSource ExecutionRole { get; } = Guide("Amazon ECS task execution IAM role", "task_execution_IAM_role");

    public static RuleSource AwsLogs { get; } = Guide("Send Amazon ECS logs to CloudWatch", "using_awslogs");

    public static RuleSource Arns { get; } = new("IAM User Guide, Amazon Resource Names", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html");

    public static RuleSource ImageNames { get; } = new(
        "OCI distribution specification, image reference", "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests");

    /// <summary>A page of the ECS API reference.</summary>
    public static RuleSource Api(string type) =>
        new($"Amazon ECS API Reference, {type}", $"https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_{type}.html");

    public TaskDefinitionRule Error(string id, string title) => Rule(id, FindingSeverity.Error, title);

    public TaskDefinitionRule Warning(string id, string title) => Rule(id, FindingSeverity.Warning, title);

    public TaskDefinitionRule Note(string id, string title) => Rule(id, FindingSeverity.Note, title);

    private static RuleSource Guide(string chapter, string page) =>
        new($"Amazon ECS Developer Guide, {chapter}", $"https://docs.aws.amazon.com/AmazonECS/latest/developerguide/{page}.html");

    private TaskDefinitionRule Rule(string id, FindingSeverity severity, string title) =>
        new(id, severity, title, Words) { Address = Address };
}
