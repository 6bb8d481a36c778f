using System.Collections.Immutable;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Planning;

/// <summary>How a deployment begins, ends, fails and is undone: functions from a service to a service.</summary>
internal static class Rollouts
{
    /// <summary>How long a wish to end a deployment is only a wish.</summary>
    public static readonly TimeSpan RequestLasts = TimeSpan.FromSeconds(1);

    private const int KeptHistory = 50;
    private const string StoppedByUser = "Service deployment was stopped by the user.";

    /// <summary>Makes a revision the target of a new primary deployment; one that was under way gives up its place.</summary>
    public static Service Begin(Service service, ServiceRevision revision, IEnumerable<EcsTask> tasks, DateTimeOffset now)
    {
        var policy = DeploymentPolicy.Of(service.Settings);
        var record = new ServiceDeployment
        {
            Arn = Names.ServiceDeployment(Names.Short(service.ClusterArn), service.Name, Names.NewDeploymentName()),
            TargetRevisionArn = revision.Arn,
            Sources = Sources(service, tasks),
            CreatedAt = now,
            UpdatedAt = now,
            BreakerStatus = policy.CircuitBreaker ? "MONITORING" : "DISABLED",
            Threshold = policy.Threshold(service.DesiredCount),
        };
        var id = $"ecs-svc/{Names.NewNumber()}";
        var deployment = new Deployment
        {
            Id = id,
            TaskDefinitionArn = revision.TaskDefinitionArn,
            RevisionArn = revision.Arn,
            ServiceDeploymentArn = record.Arn,
            CreatedAt = now,
            UpdatedAt = now,
            RolloutStateReason = $"ECS deployment {id} in progress.",
        };
        return service with
        {
            Deployments = [deployment, .. service.Deployments.Select(Demoted(now))],
            History = [record, .. service.History.Select(Superseded(now)).Take(KeptHistory - 1)],
            Revisions = [revision, .. Remembered(service)],
            Steady = false,
        };
    }

    /// <summary>The primary deployment has all its tasks and nothing else is left.</summary>
    public static Service Complete(Service service, Deployment primary, DateTimeOffset now)
    {
        service = service.With(primary with
        {
            RolloutState = Deployment.Completed,
            RolloutStateReason = $"ECS deployment {primary.Id} completed.",
            UpdatedAt = now,
        });
        if (service.DesiredCount > 0 && service.Revision(primary.RevisionArn) is { } revision)
            service = service.With(revision with { Proven = true });
        if (service.ServiceDeployment(primary.ServiceDeploymentArn) is { IsOver: false } record)
        {
            service = service.With(record with
            {
                Status = primary.IsRollback ? ServiceDeployment.RollbackSuccessful : ServiceDeployment.Successful,
                BreakerStatus = record.BreakerStatus == "MONITORING" ? "MONITORING_COMPLETE" : record.BreakerStatus,
                FinishedAt = now,
                UpdatedAt = now,
            });
        }

        return service.Saying(now, $"(deployment {primary.Id}) deployment completed.");
    }

    /// <summary>The circuit breaker tripped: roll back where that is wished and where something is known to work.</summary>
    public static Service Trip(Service service, Deployment primary, bool rollback, DateTimeOffset now)
    {
        service = Ended(service, primary, "ECS deployment circuit breaker: tasks failed to start.", now)
            .Saying(now, $"(deployment {primary.Id}) deployment failed: tasks failed to start.");
        var record = service.ServiceDeployment(primary.ServiceDeploymentArn);
        if (record is null || record.IsOver) return service;

        var target = primary.IsRollback || !rollback ? null : LastProven(service, primary);
        var reason = $"Service deployment {(target is null ? "failed" : "rolled back")} because the circuit breaker threshold was exceeded.";
        service = service.With(record with
        {
            Status = target is not null ? ServiceDeployment.RollbackInProgress
                : primary.IsRollback ? ServiceDeployment.RollbackFailed : ServiceDeployment.Stopped,
            StatusReason = reason,
            BreakerStatus = "TRIGGERED",
            UpdatedAt = now,
            StoppedAt = target is null && !primary.IsRollback ? now : null,
            FinishedAt = target is null ? now : null,
            Rollback = target is null ? record.Rollback : new Rollback(reason, now, target.Arn),
        });
        return target is null ? service : Undo(service, target, "ECS deployment circuit breaker", now);
    }

    /// <summary>A person asks for the end of a deployment; null where there is nothing to go back to.</summary>
    public static Service? Request(Service service, Deployment primary, bool rollback, DateTimeOffset now)
    {
        if (rollback && LastProven(service, primary) is null) return null;
        return service.ServiceDeployment(primary.ServiceDeploymentArn) is not { } record ? service : service.With(record with
        {
            Status = rollback ? ServiceDeployment.RollbackRequested : ServiceDeployment.StopRequested,
            StatusReason = StoppedByUser,
            EndRequestedAt = now,
            UpdatedAt = now,
        });
    }

    /// <summary>Ends a deployment as was asked; null where there is nothing to go back to.</summary>
    public static Service? Stop(Service service, Deployment primary, bool rollback, DateTimeOffset now)
    {
        var target = rollback ? LastProven(service, primary) : null;
        if (rollback && target is null) return null;

        service = Ended(service, primary, StoppedByUser, now);
        if (service.ServiceDeployment(primary.ServiceDeploymentArn) is { } record)
        {
            service = service.With(record with
            {
                Status = rollback ? ServiceDeployment.RollbackInProgress : ServiceDeployment.Stopped,
                StatusReason = StoppedByUser,
                BreakerStatus = record.BreakerStatus == "MONITORING" ? "MONITORING_COMPLETE" : record.BreakerStatus,
                EndRequestedAt = null,
                UpdatedAt = now,
                StoppedAt = rollback ? null : now,
                FinishedAt = rollback ? null : now,
                Rollback = target is null ? null : new Rollback(StoppedByUser, now, target.Arn),
            });
        }

        return target is null ? service : Undo(service, target, "Service deployment stopped", now);
    }

    /// <summary>The newest revision that once ran as a whole, other than that of a deployment.</summary>
    public static ServiceRevision? LastProven(Service service, Deployment except) =>
        service.Revisions.FirstOrDefault(revision => revision.Proven && revision.Arn != except.RevisionArn);

    private static Service Undo(Service service, ServiceRevision target, string cause, DateTimeOffset now)
    {
        var failed = service.Primary!;
        var former = service.Deployments.FirstOrDefault(deployment => deployment.RevisionArn == target.Arn);
        var id = $"ecs-svc/{Names.NewNumber()}";
        var rollback = new Deployment
        {
            Id = id,
            TaskDefinitionArn = target.TaskDefinitionArn,
            RevisionArn = target.Arn,
            ServiceDeploymentArn = failed.ServiceDeploymentArn,
            CreatedAt = now,
            UpdatedAt = now,
            IsRollback = true,
            RolloutStateReason = $"{cause}: rolling back to deploymentId {former?.Id ?? id}.",
        };
        // The tasks of the former deployment are of the revision that comes back, so they are its tasks from here on.
        var others = service.Deployments.Where(deployment => deployment.Id != former?.Id).Select(Demoted(now));
        return (service with { Deployments = [rollback, .. others], Steady = false })
            .Saying(now, $"rolling back to (deployment {former?.Id ?? id}).");
    }

    private static Service Ended(Service service, Deployment primary, string reason, DateTimeOffset now) =>
        service.With(primary with { RolloutState = Deployment.Failed, RolloutStateReason = reason, UpdatedAt = now });

    private static Func<Deployment, Deployment> Demoted(DateTimeOffset now) => deployment =>
        deployment.Status == Deployment.Primary ? deployment with { Status = Deployment.Active, UpdatedAt = now } : deployment;

    private static Func<ServiceDeployment, ServiceDeployment> Superseded(DateTimeOffset now) => deployment => deployment.IsOver
        ? deployment
        : deployment with
        {
            Status = ServiceDeployment.Stopped,
            StatusReason = "Service deployment was stopped because a newer service deployment began.",
            StoppedAt = now,
            FinishedAt = now,
            UpdatedAt = now,
        };

    private static IEnumerable<ServiceRevision> Remembered(Service service)
    {
        var used = service.Deployments.Select(deployment => deployment.RevisionArn).ToHashSet(StringComparer.Ordinal);
        var lastProven = service.Revisions.FirstOrDefault(revision => revision.Proven)?.Arn;
        return service.Revisions.Where((revision, index) => index < KeptHistory || used.Contains(revision.Arn) || revision.Arn == lastProven);
    }

    private static ImmutableArray<SourceRevision> Sources(Service service, IEnumerable<EcsTask> tasks) =>
    [
        .. tasks.Where(task => !task.IsStopped && task.IsWanted && task.RevisionArn is not null)
            .GroupBy(task => task.RevisionArn!, StringComparer.Ordinal)
            .Select(group => new SourceRevision(
                group.Key,
                group.Key == service.Primary?.RevisionArn ? service.DesiredCount : group.Count(),
                group.Count(task => task.LastStatus == EcsTask.Running),
                group.Count(task => task.LastStatus != EcsTask.Running))),
    ];
}
