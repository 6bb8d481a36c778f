namespace Slipway.Build.Tests.Permissions;

/// <summary>The rights by target, as docs/permissions.md shows them.</summary>
internal static class PermissionTable
{
    private static readonly string[] Steps = ["DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable"];

    public static IReadOnlyList<string> Write(IReadOnlyList<PolicyStatement> all)
    {
        var statements = all.Where(statement => statement.Resource != "PlanRole").ToList();
        var targets = Steps.Concat(statements.SelectMany(statement => statement.Targets).Distinct().Except(Steps).Order(StringComparer.Ordinal));
        return
        [
            "",
            "| Target | Statements |",
            "|---|---|",
            .. targets.Select(target => $"| `{target}` | {string.Join(", ", statements.Where(one => one.Targets.Contains(target)).Select(one => one.Sid))} |"),
            "",
            "| Statement | Rights |",
            "|---|---|",
            .. statements.Select(statement => $"| {statement.Sid} | {string.Join(", ", statement.Actions.Select(action => $"`{action}`"))} |"),
            "",
        ];
    }
}
