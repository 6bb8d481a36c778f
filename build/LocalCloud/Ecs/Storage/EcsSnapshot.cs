using System.Collections.Immutable;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Storage;

/// <summary>Everything that ECS knows at one moment; immutable, so that a reader never sees half a change.</summary>
internal sealed record EcsSnapshot
{
    public static EcsSnapshot Empty { get; } = new();

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, Cluster> Clusters { get; init; } = Sorted<Cluster>();

    /// <summary>By ARN.</summary>
    public ImmutableSortedDictionary<string, TaskDefinition> TaskDefinitions { get; init; } = Sorted<TaskDefinition>();

    /// <summary>By ARN.</summary>
    public ImmutableSortedDictionary<string, Service> Services { get; init; } = Sorted<Service>();

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, EcsTask> Tasks { get; init; } = Sorted<EcsTask>();

    public EcsSnapshot With(Cluster cluster) => this with { Clusters = Clusters.SetItem(cluster.Name, cluster) };

    public EcsSnapshot With(TaskDefinition definition) => this with { TaskDefinitions = TaskDefinitions.SetItem(definition.Arn, definition) };

    public EcsSnapshot With(Service service) => this with { Services = Services.SetItem(service.Arn, service) };

    public EcsSnapshot With(EcsTask task) => this with { Tasks = Tasks.SetItem(task.Id, task) };

    public IEnumerable<EcsTask> TasksOf(Service service) => Tasks.Values.Where(task => task.ServiceArn == service.Arn);

    public IEnumerable<TaskDefinition> Family(string family) =>
        TaskDefinitions.Values.Where(definition => definition.Family == family).OrderBy(definition => definition.Revision);

    private static ImmutableSortedDictionary<string, T> Sorted<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
