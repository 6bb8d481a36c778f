using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Every rule that a task definition is checked against: the table that docs/task-definition-rules.md shows.</summary>
public static class TaskDefinitionRules
{
    /// <summary>All rules, by subject.</summary>
    public static IReadOnlyList<TaskDefinitionRule> All { get; } =
    [
        .. JsonRules.All,
        .. ModelRules.All,
        .. DocumentChecks.Rules,
        .. ContainerChecks.Rules,
        .. ImageChecks.Rules,
        .. RoleChecks.Rules,
        .. ArnChecks.Rules,
        .. SecretChecks.Rules,
        .. EnvironmentChecks.Rules,
        .. PortChecks.Rules,
        .. ServicePortChecks.Rules,
        .. VolumeChecks.Rules,
        .. HealthChecks.Rules,
        .. LogChecks.Rules,
        .. PlatformChecks.Rules,
        .. SizeChecks.Rules,
        .. FargateChecks.Rules,
        .. RenderRules.All,
    ];
}
