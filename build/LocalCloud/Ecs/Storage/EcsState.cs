using System.Collections.Immutable;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Ecs.Storage;

/// <summary>The present snapshot, its files, and a signal to the scheduler that something changed.</summary>
internal sealed class EcsState : IDisposable
{
    private const string Folder = "ecs";

    private readonly Lock gate = new();
    private readonly Lock saving = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly StateFolder folder;
    private EcsSnapshot current;
    private EcsSnapshot saved;

    public EcsState(StateFolder folder)
    {
        this.folder = folder;
        folder.Folder(Folder);
        current = saved = Load() ?? SetAside();
    }

    public EcsSnapshot Current
    {
        get
        {
            lock (gate) return current;
        }
    }

    /// <summary>Changes the snapshot; on disk only after <see cref="Save"/>. The change may throw and then has no effect.</summary>
    public EcsSnapshot Update(Func<EcsSnapshot, EcsSnapshot> change)
    {
        EcsSnapshot after;
        lock (gate)
        {
            after = change(current);
            if (ReferenceEquals(after, current)) return after;
            current = after;
        }

        Wake();
        return after;
    }

    /// <summary>Changes one task, where it is still listed.</summary>
    public void Update(string taskId, Func<EcsTask, EcsTask> change) => Update(snapshot =>
    {
        if (!snapshot.Tasks.TryGetValue(taskId, out var task)) return snapshot;
        var after = change(task);
        return ReferenceEquals(after, task) ? snapshot : snapshot.With(after with { Version = task.Version + 1 });
    });

    /// <summary>Writes what changed since the last time. What an API call answered with success must be on disk before the answer.</summary>
    public void Save()
    {
        lock (saving)
        {
            var now = Current;
            if (!ReferenceEquals(now.Clusters, saved.Clusters)) Write("clusters", now.Clusters.Values);
            if (!ReferenceEquals(now.TaskDefinitions, saved.TaskDefinitions)) Write("task-definitions", now.TaskDefinitions.Values);
            if (!ReferenceEquals(now.Services, saved.Services)) Write("services", now.Services.Values);
            if (!ReferenceEquals(now.Tasks, saved.Tasks)) Write("tasks", now.Tasks.Values);
            saved = now;
        }
    }

    public void Wake()
    {
        try
        {
            if (changed.CurrentCount == 0) changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread woke the scheduler between the look and the release: one signal is enough.
        }
    }

    /// <summary>Ends at the next change, after at most <paramref name="longest"/>.</summary>
    public async Task ChangedAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        await changed.WaitAsync(longest, cancellationToken).ConfigureAwait(false);

    public void Dispose() => changed.Dispose();

    private EcsSnapshot? Load() =>
        Read<Cluster>("clusters", cluster => cluster.Name) is { } clusters
        && Read<TaskDefinition>("task-definitions", definition => definition.Arn) is { } definitions
        && Read<Service>("services", service => service.Arn) is { } services
        && Read<EcsTask>("tasks", task => task.Id) is { } tasks
            ? new EcsSnapshot { Clusters = clusters, TaskDefinitions = definitions, Services = services, Tasks = tasks }
            : null;

    /// <summary>A state of which a part cannot be read is of no use: it is kept for a person to look at, and the account begins anew.</summary>
    private EcsSnapshot SetAside()
    {
        var path = Path.Combine(folder.Root, Folder);
        var aside = $"{path}.unreadable";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.Move(path, aside);
        folder.Folder(Folder);
        return EcsSnapshot.Empty;
    }

    /// <summary>Null where there is a file that cannot be read.</summary>
    private ImmutableSortedDictionary<string, T>? Read<T>(string name, Func<T, string> key)
        where T : class
    {
        var file = $"{Folder}/{name}.json";
        var items = folder.Read<T[]>(file);
        if (items is null && File.Exists(Path.Combine(folder.Root, file))) return null;
        return (items ?? []).ToImmutableSortedDictionary(key, item => item, StringComparer.Ordinal);
    }

    private void Write<T>(string name, IEnumerable<T> items) => folder.Write($"{Folder}/{name}.json", items.ToArray());
}
