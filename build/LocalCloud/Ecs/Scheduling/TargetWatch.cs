using System.Net;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>Registers a task as a target of the front door and checks it there.</summary>
internal sealed class TargetWatch(AgentServices services, string taskId, Service service, IPEndPoint endPoint)
{
    /// <summary>Ends, without an exception, with the task.</summary>
    public async Task RunAsync(long started, CancellationToken cancellationToken)
    {
        var targetGroup = service.LoadBalancer()!.Value.TargetGroupArn;
        var check = services.HealthCheck;
        var allowance = (int?)service.Settings["healthCheckGracePeriodSeconds"] is { } grace ? TimeSpan.FromSeconds(grace) : check.Allowance;
        var tracker = new HealthTracker(allowance, check.UnhealthyThreshold, check.Quick, check.Interval);
        services.State.Update(taskId, task => task with { Target = TargetState.Initial });
        services.State.Update(before => before.Services.TryGetValue(service.Arn, out var now)
            ? before.With(now.Saying(services.Time.GetUtcNow(), $"registered 1 targets in (target-group {targetGroup})"))
            : before);
        try
        {
            while (true)
            {
                var reason = await services.Probe.CheckAsync(endPoint, check, services.Time, cancellationToken);
                var elapsed = services.Time.GetElapsedTime(started);
                tracker.Observe(reason is null, elapsed);
                Tell(tracker.Verdict, reason, targetGroup, cancellationToken);
                await Task.Delay(tracker.Delay(elapsed), services.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The task ends.
        }
    }

    private void Tell(string verdict, string? reason, string targetGroup, CancellationToken cancellationToken)
    {
        var target = verdict switch
        {
            EcsTask.Healthy => TargetState.Healthy,
            EcsTask.Unhealthy => TargetState.Unhealthy,
            _ => TargetState.Initial,
        };
        if (cancellationToken.IsCancellationRequested) return;
        if (target == TargetState.Healthy) services.Targets.Register(taskId, targetGroup, endPoint);
        else if (target == TargetState.Unhealthy) services.Targets.Suspend(taskId);
        services.State.Update(taskId, task => task.Target == target || !task.IsWanted ? task : task with { Target = target, TargetReason = reason });
    }
}
