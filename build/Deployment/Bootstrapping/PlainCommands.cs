using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>The commands that make single parts without a stack. Pure.</summary>
internal sealed class PlainCommands(DeploymentSettings settings, NamedParts named)
{
    /// <summary>For one missing part.</summary>
    public IEnumerable<string> For(AccountPart part) => part.Kind switch
    {
        PartKind.Repository =>
        [
            Aws("ecr", "create-repository", "--repository-name", part.Name, "--image-tag-mutability", "IMMUTABLE", "--image-scanning-configuration", "scanOnPush=true"),
        ],
        PartKind.LogGroup =>
        [
            Aws("logs", "create-log-group", "--log-group-name", part.Name),
            Aws("logs", "put-retention-policy", "--log-group-name", part.Name, "--retention-in-days", "30"),
        ],
        PartKind.Cluster => [Aws("ecs", "create-cluster", "--cluster-name", part.Name)],
        PartKind.Family when settings.TaskDefinition is TaskDefinitionSource.File file =>
            [Aws("ecs", "register-task-definition", "--cli-input-json", $"file://{file.Path}")],
        PartKind.Service =>
        [
            Aws(
                "ecs", "create-service", "--cluster", settings.Cluster, "--service-name", part.Name, "--task-definition", named.Family ?? "FAMILY",
                "--desired-count", "0", "--launch-type", "FARGATE",
                "--deployment-configuration", "deploymentCircuitBreaker={enable=true,rollback=true}",
                "--network-configuration", "awsvpcConfiguration={subnets=[subnet-YOURS],securityGroups=[sg-YOURS]}"),
        ],
        _ => [],
    };

    /// <summary>Shows whether a role is there.</summary>
    public static string Role(string name) => ShellText.Command("aws", "iam", "get-role", "--role-name", name, "--query", "Role.Arn", "--output", "text");

    private string Aws(params IEnumerable<string> arguments) => ShellText.Command(
        ["aws", .. arguments, "--region", settings.Region, .. settings.LocalCloud is { } local ? (string[])["--endpoint-url", local.Endpoint] : []]);
}
