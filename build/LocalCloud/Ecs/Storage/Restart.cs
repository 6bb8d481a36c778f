using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Storage;

/// <summary>What a new process makes of an old one's state.</summary>
internal static class Restart
{
    /// <summary>What ran when an earlier instance ended does not run any more; the services' tasks are started anew.</summary>
    public static EcsSnapshot MarkLost(EcsSnapshot snapshot, DateTimeOffset now) => snapshot.Tasks.Values.Where(task => !task.IsStopped)
        .Aggregate(snapshot, (before, task) => before.With(task with
        {
            LastStatus = EcsTask.Stopped,
            DesiredStatus = EcsTask.Stopped,
            StopCode = task.StopCode ?? "TerminationNotice",
            StoppedReason = task.StoppedReason ?? "Task stopped because LocalCloud was restarted",
            StoppedAt = now,
            Reckoned = true,
            Target = TargetState.None,
            Containers = [.. task.Containers.Select(container => container with { LastStatus = EcsTask.Stopped, Health = EcsTask.UnknownHealth })],
        }));
}
