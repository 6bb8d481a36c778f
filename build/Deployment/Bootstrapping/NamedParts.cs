using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Bootstrapping;

/// <summary>The names that settings and task definition give to what must be there. Pure.</summary>
/// <param name="Family">The family; null where none is named.</param>
/// <param name="LogGroups">The log groups, with their regions (null: the environment's).</param>
/// <param name="ExecutionRole">The execution role's name; null where none is named.</param>
/// <param name="TaskRole">The task role's name; null where none is named.</param>
internal sealed record NamedParts(string? Family, IReadOnlyList<(string? Region, string Name)> LogGroups, string? ExecutionRole, string? TaskRole)
{
    public static NamedParts None { get; } = new(null, [], null, null);

    /// <summary>What a document names; placeholders are not names.</summary>
    public static NamedParts Of(TaskDefinitionDocument document)
    {
        var groups = LogGroup.Of(document).Where(group => Name(group.Name) is not null).Select(group => (Name(group.Region), group.Name));
        return new NamedParts(
            Name(document.Family), [.. groups.Distinct()], Role(CheckRun.TextOf(document.Root["executionRoleArn"])), Role(CheckRun.TextOf(document.Root["taskRoleArn"])));
    }

    private static string? Name(string? text) => text is { Length: > 0 } && !text.Contains("${", StringComparison.Ordinal) ? text : null;

    private static string? Role(string? arn) => Name(arn) is { } name ? ResourceName.Of(name) : null;
}
