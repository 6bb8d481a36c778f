using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about containers among each other: which gets the image, their names, what waits for what.</summary>
internal static class ContainerChecks
{
    private const int MostContainers = 50;

    public static TaskDefinitionRule Chosen { get; } = RuleSource.Settings.Error(
        "container-choice", "The settings name the containers that get the image, where there are several");

    public static TaskDefinitionRule Twin { get; } = RuleSource.Api("ContainerDefinition").Error("container-name-twice", "No two containers have the same name");

    public static TaskDefinitionRule DependsOn { get; } = RuleSource.Api("ContainerDependency").Error("depends-on", "A container depends on other containers of the task");

    public static TaskDefinitionRule Cycle { get; } = RuleSource.Api("ContainerDependency").Error("depends-on-cycle", "Containers do not wait for each other in a circle");

    public static TaskDefinitionRule Healthy { get; } = RuleSource.Api("ContainerDependency").Error(
        "depends-on-healthy", "The condition HEALTHY waits for a container that has a health check");

    public static TaskDefinitionRule Complete { get; } = RuleSource.Api("ContainerDependency").Error(
        "depends-on-essential", "The conditions COMPLETE and SUCCESS wait for a container that is not essential");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Chosen, Twin, DependsOn, Cycle, Healthy, Complete];

    public static void Check(CheckRun run)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in run.Containers)
        {
            if (CheckRun.TextOf(container["name"]) is { } name && !names.Add(name))
                run.Add(container["name"]!, Twin, "Another container has the same name.", "a name of its own");
        }

        // More containers than that are refused anyhow, and each could wait for each.
        if (run.Containers.Count > MostContainers) return;
        foreach (var container in run.Containers)
        {
            foreach (var dependency in CheckRun.ObjectsOf(container["dependsOn"])) Depends(run, container, dependency);
        }
    }

    private static void Depends(CheckRun run, JObject container, JObject dependency)
    {
        var member = dependency["containerName"];
        if (CheckRun.TextOf(member) is not { } name) return;
        if (run.Find(name) is not { } other)
        {
            run.Add(member!, DependsOn, "No container has this name.", run.OtherNames(container));
            return;
        }

        if (Reaches(run, other, container, [])) run.Add(member!, Cycle, "The two containers wait for each other.", "no circle");
        var condition = CheckRun.TextOf(dependency["condition"]);
        if (condition == "HEALTHY" && other["healthCheck"] is not JObject)
            run.Add(dependency["condition"]!, Healthy, $"The container '{name}' has no health check.", "a container with a healthCheck, or another condition");
        if (condition is "COMPLETE" or "SUCCESS" && CheckRun.FlagOf(other["essential"]) != false)
            run.Add(dependency["condition"]!, Complete, $"The container '{name}' is essential: its end is the end of the task.", "a container with \"essential\": false, or another condition");
    }

    /// <summary>Whether a container waits for another, itself included, directly or by others.</summary>
    private static bool Reaches(CheckRun run, JObject from, JObject to, HashSet<JObject> seen)
    {
        if (ReferenceEquals(from, to)) return true;
        if (!seen.Add(from)) return false;
        foreach (var dependency in CheckRun.ObjectsOf(from["dependsOn"]))
        {
            if (CheckRun.TextOf(dependency["containerName"]) is { } name && run.Find(name) is { } next && Reaches(run, next, to, seen)) return true;
        }

        return false;
    }
}
