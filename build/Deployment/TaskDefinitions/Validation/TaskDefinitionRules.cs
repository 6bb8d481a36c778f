using Slipway.Deployment.TaskDefinitions.Json;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Every rule that a task definition is checked against: the table that docs/task-definition-rules.md shows.</summary>
public static class TaskDefinitionRules
{
    /// <summary>All rules, by subject.</summary>
    public static IReadOnlyList<TaskDefinitionRule> All { get; } =
    [
        .. JsonRules.All,
        .. DocumentChecks.Rules,
        .. ContainerChecks.Rules,
        .. ImageChecks.Rules,
        .. RoleChecks.Rules,
        .. FargateChecks.Rules,
        .. PortChecks.Rules,
        .. LogChecks.Rules,
    ];
}
