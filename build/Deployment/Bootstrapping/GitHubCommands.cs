using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>The commands that tell GitHub's workflow where to deploy. Pure.</summary>
internal static class GitHubCommands
{
    /// <summary>Names are no secrets: as secrets they would become *** in every address of the log.</summary>
    public static CommandBlock Variables(DeploymentSettings settings) => new(
        "GitHub: where to deploy (variables, not secrets)",
        [
            Set("AWS_REGION", settings.Region),
            Set("ECR_REPOSITORY", settings.Repository),
            Set("ECS_CLUSTER", settings.Cluster),
            Set("ECS_SERVICE", settings.Service),
        ]);

    /// <summary>The roles of the stack.</summary>
    public static CommandBlock Roles(DeploymentSettings settings, StackCommand stack) => new(
        "GitHub: the roles, after their stack",
        [
            $"{ShellText.Command("gh", "variable", "set", "AWS_ROLE_ARN", "--env", settings.Environment)} --body {stack.RolesOutput("DeployRoleArn")}",
            $"gh variable set AWS_PLAN_ROLE_ARN --body {stack.RolesOutput("PlanRoleArn")}",
        ]);

    /// <summary>Each asks for its value, so that no key is in the shell's history.</summary>
    public static CommandBlock Keys { get; } = new(
        "GitHub: access keys, where there can be no roles", ["gh secret set AWS_ACCESS_KEY_ID", "gh secret set AWS_SECRET_ACCESS_KEY"]);

    private static string Set(string name, string value) => ShellText.Command("gh", "variable", "set", name, "--body", value);
}
