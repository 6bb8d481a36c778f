using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Hosting;

namespace Slipway.LocalCloud.Ecs.Planning;

/// <summary>
/// The service scheduler as a function: what a service and its tasks are now leads to what is to be done.
/// No clock, no I/O; the loop that calls it does both.
/// </summary>
internal sealed class ServicePlanner
{
    private const string Unable = "is unable to consistently start tasks successfully. "
        + "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

    private const string Unplaced = $"was unable to place a task. Reason: {FaultEffect.NoCapacity}. "
        + "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

    private readonly DateTimeOffset now;
    private readonly DeploymentPolicy policy;
    private readonly Func<bool> hasCapacity;
    private readonly bool behindLoadBalancer;
    private readonly TimeSpan grace;
    private readonly IReadOnlyList<EcsTask> tasks;
    private readonly List<TaskStart> starts = [];
    private readonly Dictionary<string, TaskStop> stops = new(StringComparer.Ordinal);
    private readonly List<string> available = [];
    private readonly List<string> reckoned = [];
    private Service service;

    /// <summary>A rollback to tasks that still run would end in the step that begins it, and nobody would have seen it.</summary>
    private bool tripped;

    private ServicePlanner(Service service, IReadOnlyList<EcsTask> tasks, DateTimeOffset now, Func<bool> hasCapacity)
    {
        this.hasCapacity = hasCapacity;
        this.service = service;
        this.tasks = tasks;
        this.now = now;
        policy = DeploymentPolicy.Of(service.Settings);
        behindLoadBalancer = service.LoadBalancer() is not null;
        grace = TimeSpan.FromSeconds((int?)service.Settings["healthCheckGracePeriodSeconds"] ?? 0);
    }

    /// <summary>Plans one step of one service.</summary>
    /// <param name="service">The service as it is.</param>
    /// <param name="tasks">All its tasks that are still listed, stopped ones included.</param>
    /// <param name="now">The time of the look.</param>
    /// <param name="hasCapacity">Asked once for every task that is to be started; null: there always is.</param>
    public static ServicePlan Plan(Service service, IReadOnlyList<EcsTask> tasks, DateTimeOffset now, Func<bool>? hasCapacity = null)
    {
        var planner = new ServicePlanner(service, tasks, now, hasCapacity ?? (() => true));
        if (service.Status == Service.Draining) planner.Drain();
        else if (service.Status == Service.Active && service.Primary is not null) planner.Roll();
        return new ServicePlan(planner.service, [.. planner.starts], [.. planner.stops.Values], [.. planner.available], [.. planner.reckoned]);
    }

    private void Drain()
    {
        StopAll(Wanted(), "Task stopped by service scheduler: the service was deleted");
        if (tasks.All(task => task.IsStopped)) service = service with { Status = Service.Inactive, Deployments = [], Steady = true };
    }

    private void Roll()
    {
        Reckon();
        EndOnRequest();
        TripBreaker();
        ReplaceUnhealthy();
        if (Effective() is { } target) Shift(target);
        if (starts.Count > 0 || stops.Count > 0) service = service with { Steady = false };
        Settle();
    }

    private void Reckon()
    {
        foreach (var task in tasks)
        {
            if (!task.WasAvailable && task.IsAvailable(behindLoadBalancer, now))
            {
                available.Add(task.Id);
                if (policy.ResetOnHealthyTask) Count(task, deployment => deployment with { FailedTasks = 0 });
            }

            // A failure counts when it is known, not when the task is cleared away: its place is filled meanwhile, by one task too many.
            var failed = !task.IsWanted && task.StopCode is ("TaskFailedToStart" or "EssentialContainerExited");
            if (task.Reckoned || !(task.IsStopped || failed)) continue;
            reckoned.Add(task.Id);
            if (!failed) continue;
            if (task.WasAvailable) Count(task, deployment => deployment with { LastFailureAt = now });
            else Fail(task);
        }
    }

    /// <summary>In the grace period ECS looks at no health check, whether the task was healthy before or not.</summary>
    private bool HasGrace(EcsTask task) => now - task.StartedAt < grace;

    private void ReplaceUnhealthy()
    {
        var targetGroup = service.LoadBalancer()?.TargetGroupArn;
        foreach (var task in Wanted().Where(task => task.LastStatus == EcsTask.Running && !HasGrace(task)).ToList())
        {
            if (task.Health == EcsTask.Unhealthy)
            {
                Say($"(task {task.Id}) failed container health checks.");
                Stop(task, "Task failed container health checks");
            }
            else if (task.Target == TargetState.Unhealthy)
            {
                Say($"(task {task.Id}) (port {service.LoadBalancer()?.ContainerPort}) is unhealthy in (target-group {targetGroup}) due to (reason {task.TargetReason}).");
                Stop(task, $"Task failed ELB health checks in (target-group {targetGroup})");
            }
            else
            {
                continue;
            }

            reckoned.Add(task.Id);
            if (!task.WasAvailable) Fail(task);
        }
    }

    private void Fail(EcsTask task)
    {
        Count(task, deployment => deployment with
        {
            FailedTasks = deployment.FailedTasks + 1,
            LastFailureAt = now,
            UpdatedAt = now,
        });
        if (service.Primary is { FailedTasks: 3 } primary && primary.RevisionArn == task.RevisionArn) Say(Unable);
    }

    private void Count(EcsTask task, Func<Deployment, Deployment> change)
    {
        var deployment = service.Deployments.FirstOrDefault(one => one.RevisionArn == task.RevisionArn);
        if (deployment is null) return;
        var changed = change(deployment);
        service = service.With(changed);
        if (changed.Status == Deployment.Primary && service.ServiceDeployment(changed.ServiceDeploymentArn) is { IsOver: false } record
            && record.FailureCount != changed.FailedTasks)
            service = service.With(record with { FailureCount = changed.FailedTasks, UpdatedAt = now });
    }

    private void EndOnRequest()
    {
        if (service.Primary is not { RolloutState: Deployment.InProgress } primary || Request(primary) is not { } record) return;
        if (now < record.EndRequestedAt + Rollouts.RequestLasts) return;
        service = Rollouts.Stop(service, primary, record.Status == ServiceDeployment.RollbackRequested, now) ?? service;
        tripped = true;
    }

    private ServiceDeployment? Request(Deployment primary) =>
        service.ServiceDeployment(primary.ServiceDeploymentArn) is { EndRequestedAt: not null, IsOver: false } record ? record : null;

    private void TripBreaker()
    {
        if (!policy.CircuitBreaker || service.Primary is not { RolloutState: Deployment.InProgress } primary || Request(primary) is not null) return;
        if (primary.FailedTasks < policy.Threshold(service.DesiredCount)) return;
        service = Rollouts.Trip(service, primary, policy.Rollback, now);
        tripped = true;
    }

    /// <summary>
    /// The deployment that tasks are started for. A failed one that was not rolled back gets none: what ran before it is kept up instead.
    /// </summary>
    private Deployment? Effective()
    {
        var primary = service.Primary;
        if (primary is null || primary.RolloutState != Deployment.Failed) return primary;
        return service.Deployments.FirstOrDefault(deployment => deployment.RolloutState == Deployment.Completed);
    }

    private void Shift(Deployment target)
    {
        var desired = service.DesiredCount;
        var wanted = Wanted().ToList();
        var mine = wanted.Where(task => task.RevisionArn == target.RevisionArn).ToList();
        var others = wanted.Where(task => task.RevisionArn != target.RevisionArn).ToList();
        var surplus = mine.OrderBy(IsAvailable).ThenByDescending(task => task.CreatedAt).Take(mine.Count - desired);
        StopAll(surplus, $"Scaling activity initiated by (deployment {target.Id})");

        var missing = Math.Max(0, desired - mine.Count);
        var room = Math.Max(0, policy.Maximum(desired) - wanted.Count);
        var earliest = target.LastFailureAt + StartThrottle.DelayAfter(target.FailedTasks);
        if (earliest is null || earliest <= now) Start(target, Math.Min(missing, room));

        // Old tasks go when new ones stand in for them, or where the limits leave no other way to make room.
        var oldAndAvailable = others.Where(IsAvailable).OrderBy(task => task.CreatedAt).ToList();
        var keep = Math.Max(0, desired - mine.Count(IsAvailable));
        var replaced = Math.Max(oldAndAvailable.Count - keep, missing - room);
        var spare = wanted.Count(IsAvailable) - policy.MinimumHealthy(desired);
        var reason = $"Scaling activity initiated by (deployment {target.Id})";
        StopAll([.. others.Where(task => !IsAvailable(task)), .. oldAndAvailable.Take(Math.Min(replaced, spare))], reason);
    }

    private void Settle()
    {
        var primary = service.Primary!;
        var alive = tasks.Where(task => !task.IsStopped).ToList();
        var settled = starts.Count == 0 && stops.Count == 0 && !tripped
            && alive.TrueForAll(task => task.RevisionArn == primary.RevisionArn && IsAvailable(task))
            && alive.Count == service.DesiredCount;

        if (settled && primary.RolloutState == Deployment.InProgress && Request(primary) is null) service = Rollouts.Complete(service, primary, now);

        var inUse = alive.Select(task => task.RevisionArn).ToHashSet(StringComparer.Ordinal);
        var left = service.Deployments.Where(deployment => deployment.Status == Deployment.Primary
            || inUse.Contains(deployment.RevisionArn)
            || (primary.RolloutState == Deployment.Failed && deployment.RolloutState == Deployment.Completed)).ToList();

        // A service that did not change stays the same object: the scheduler sleeps on it.
        if (left.Count < service.Deployments.Length) service = service with { Deployments = [.. left] };
        if (!settled || service.Steady || service.Primary!.RolloutState != Deployment.Completed) return;
        Say("has reached a steady state.");
        service = service with { Steady = true };
    }

    private IEnumerable<EcsTask> Wanted() => tasks.Where(task => task.IsWanted && !task.IsStopped && !stops.ContainsKey(task.Id));

    private bool IsAvailable(EcsTask task) => task.IsAvailable(behindLoadBalancer, now);

    private void Start(Deployment deployment, int count)
    {
        if (count <= 0 || now < service.UnplacedAt + StartThrottle.BetweenPlacements) return;
        var added = Enumerable.Range(0, count).TakeWhile(_ => hasCapacity()).Select(_ => new TaskStart(Names.NewTaskId(), deployment)).ToList();
        if (added.Count < count) Say(Unplaced);
        service = service with { UnplacedAt = added.Count < count ? now : null };
        if (added.Count == 0) return;
        starts.AddRange(added);
        Say($"has started {added.Count} tasks: {Listed(added.Select(start => start.TaskId))}.");
    }

    private void StopAll(IEnumerable<EcsTask> chosen, string reason)
    {
        var list = chosen.ToList();
        if (list.Count == 0) return;
        list.ForEach(task => Stop(task, reason));
        Say($"has stopped {list.Count} running tasks: {Listed(list.Select(task => task.Id))}.");
        var targets = list.Count(task => task.Target != TargetState.None);
        if (targets == 0) return;
        Say($"deregistered {targets} targets in (target-group {service.LoadBalancer()?.TargetGroupArn})");
        Say($"has begun draining connections on {targets} tasks.");
    }

    private void Stop(EcsTask task, string reason) => stops[task.Id] = new TaskStop(task.Id, reason);

    private void Say(string message) => service = service.Saying(now, message);

    private static string Listed(IEnumerable<string> ids) => string.Join(" ", ids.Select(id => $"(task {id})"));
}
