using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about the two roles of a task.</summary>
internal static class RoleChecks
{
    public static TaskDefinitionRule RoleArn { get; } = RuleSource.Arns.Error("role-arn", "A role is named by its ARN");

    public static TaskDefinitionRule Account { get; } = RuleSource.Settings.Error("role-account", "The roles belong to the account of the deployment");

    public static TaskDefinitionRule ExecutionRole { get; } = RuleSource.ExecutionRole.Error(
        "execution-role", "There is an execution role where ECS itself needs rights: for images in ECR, logs, secrets, environment files");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [RoleArn, Account, ExecutionRole];

    public static void Check(CheckRun run)
    {
        Check(run, run.Root["executionRoleArn"]);
        Check(run, run.Root["taskRoleArn"]);
        if (run.IsFargate && run.Root["executionRoleArn"] is null)
        {
            run.Add(run.Root, ExecutionRole, "The member 'executionRoleArn' is missing: on Fargate it is the role that pulls the image and writes the logs.",
                "the ARN of a role");
        }
    }

    private static void Check(CheckRun run, JToken? role)
    {
        if (role is null) return;
        if (!Arn.TryParse(CheckRun.TextOf(role), out var arn) || !arn.IsRole)
            run.Add(role, RoleArn, "This is no role's ARN.", "\"arn:aws:iam::123456789012:role/name\"");
        else if (run.Context.AccountId is { } account && arn.Account != account)
            run.Add(role, Account, $"The role belongs to account {arn.Account}, the deployment to account {account}.", $"a role of account {account}");
    }
}
