using System.Reflection;
using Cake.Frosting;

namespace Slipway.Build.Hosting;

/// <summary>A target as a person sees it.</summary>
/// <param name="Name">What <c>--target</c> takes.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Reach">What it touches.</param>
/// <param name="TellsOfSettings">Whether it begins where settings are refused, too.</param>
public sealed record Target(string Name, string Description, CloudReach Reach, bool TellsOfSettings);

/// <summary>The targets that exist, read from the classes that define them.</summary>
public static class TargetCatalogue
{
    /// <summary>Every target of an assembly: the seven of the pipeline first, in their order, then the rest by name.</summary>
    public static IReadOnlyList<Target> Find(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => type.IsClass && !type.IsAbstract && typeof(IFrostingTask).IsAssignableFrom(type))
            .Select(Describe)
            .OrderBy(target => PipelineOrder(target.Name))
            .ThenBy(target => target.Name, StringComparer.Ordinal),
    ];

    internal static Target Describe(Type type) => new(
        type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name,
        type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty,
        type.GetCustomAttribute<ReachesAttribute>()?.Reach ?? CloudReach.None,
        type.GetCustomAttribute<ReachesAttribute>()?.TellsOfSettings ?? false);

    private static int PipelineOrder(string name)
    {
        string[] order = ["Deploy", "Test", "DockerBuild", "EcrLogin", "Push", "RenderTaskDef", "DeployEcs", "WaitStable"];
        var index = Array.IndexOf(order, name);
        return index < 0 ? order.Length : index;
    }
}
