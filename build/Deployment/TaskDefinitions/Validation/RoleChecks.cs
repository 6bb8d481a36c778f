using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about the two roles of a task.</summary>
internal static class RoleChecks
{
    private const string Example = "\"arn:aws:iam::123456789012:role/name\"";

    public static TaskDefinitionRule RoleArn { get; } = RuleSource.Arns.Error("role-arn", "A role is named by its ARN");

    public static TaskDefinitionRule Account { get; } = RuleSource.Settings.Error("role-account", "The roles belong to the account of the deployment");

    public static TaskDefinitionRule ExecutionRole { get; } = RuleSource.ExecutionRole.Error(
        "execution-role", "There is an execution role where ECS itself needs rights: for images in ECR, logs, secrets, environment files");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [RoleArn, Account, ExecutionRole];

    public static void Check(CheckRun run)
    {
        Role(run, run.Root["executionRoleArn"]);
        Role(run, run.Root["taskRoleArn"]);
        if (run.Root["executionRoleArn"] is null && FindNeed(run) is { } need)
            run.Add(run.Root, ExecutionRole, $"The member 'executionRoleArn' is missing: without that role ECS cannot {need}.", "the ARN of a role");
    }

    private static void Role(CheckRun run, JToken? role)
    {
        if (CheckRun.TextOf(role) is not { } text) return;
        if (!Arn.TryParse(text, out var arn) || !arn.IsRole) run.Add(role!, RoleArn, "This is no role's ARN.", Example);
        else if (run.Context.AccountId is { } account && arn.Account != account)
            run.Add(role!, Account, $"The role belongs to account {arn.Account}.", $"a role of account {account}");
        else ArnChecks.Partition(run, role!, arn);
    }

    private static string? FindNeed(CheckRun run)
    {
        foreach (var container in run.Containers)
        {
            if (container["secrets"] is JArray { Count: > 0 } || CheckRun.Inner(container, "logConfiguration", "secretOptions") is JArray { Count: > 0 }) return "read the secrets";
            if (container["repositoryCredentials"] is JObject) return "read the registry's credentials";
            if (container["environmentFiles"] is JArray { Count: > 0 }) return "read the environment files";
            if (!run.IsFargate) continue;
            if (CheckRun.TextOf(CheckRun.Inner(container, "logConfiguration", "logDriver")) == "awslogs") return "write the logs";
            if (CheckRun.TextOf(container["image"]) is { } image && ImageReference.TryParse(image, out var reference) && EcrHost.Parse(reference.Host) is not null)
                return "pull the image";
        }

        return null;
    }
}
