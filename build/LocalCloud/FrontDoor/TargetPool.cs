using System.Net;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.FrontDoor;

/// <summary>
/// The targets of the front door. Taking a target and counting its request are one step, so that a target that leaves
/// knows exactly when its last request is done.
/// </summary>
internal sealed class TargetPool(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Target> targets = [];

    /// <summary>Puts a target into service; again and again does no harm.</summary>
    public void Register(string taskId, string targetGroup, IPEndPoint endPoint)
    {
        lock (gate)
        {
            if (targets.Find(target => target.TaskId == taskId) is { } known) known.InService = known.Idle is null;
            else targets.Add(new Target(taskId, targetGroup, endPoint));
        }
    }

    /// <summary>Takes a target out of service that fails its checks; it may come back.</summary>
    public void Suspend(string taskId)
    {
        lock (gate)
        {
            if (targets.Find(target => target.TaskId == taskId) is { } target) target.InService = false;
        }
    }

    /// <summary>Takes a target out for good; ends when its requests are done, at the latest after the delay or at the cancellation.</summary>
    public async Task DeregisterAsync(string taskId, TimeSpan delay, CancellationToken hurry)
    {
        TaskCompletionSource idle;
        lock (gate)
        {
            if (targets.Find(one => one.TaskId == taskId) is not { } target) return;
            target.InService = false;
            target.Idle = idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (target.InFlight == 0) idle.SetResult();
        }

        try
        {
            if (delay > TimeSpan.Zero) await idle.Task.WaitAsync(delay, time, hurry);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // What is still under way ends with the task, within its stop timeout.
        }

        lock (gate) targets.RemoveAll(target => target.TaskId == taskId);
    }

    /// <summary>
    /// The least busy target in service, counted as one request busier; null where there is none. Give it back with <see cref="Release"/>.
    /// One front door serves one target group: the seeded service's where it has targets.
    /// </summary>
    public Target? Take(IReadOnlySet<string> except)
    {
        lock (gate)
        {
            var group = Served();
            var target = targets.Where(one => one.InService && one.TargetGroup == group && !except.Contains(one.TaskId)).MinBy(one => one.InFlight);
            if (target is null) return null;
            target.InFlight++;

            // Equally busy targets take turns: the one that was taken goes to the end.
            targets.Remove(target);
            targets.Add(target);
            return target;
        }
    }

    public void Release(Target target)
    {
        lock (gate)
        {
            target.InFlight--;
            if (target is { InFlight: 0, Idle: { } idle }) idle.TrySetResult();
        }
    }

    private string? Served()
    {
        var groups = targets.Select(target => target.TargetGroup).Distinct().Order(StringComparer.Ordinal).ToList();
        var seeded = Names.TargetGroup(Protocol.Account.Repository);
        return groups.Contains(seeded) ? seeded : groups.FirstOrDefault();
    }
}
