using System.Net;
using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>Leads one task through its life, from PROVISIONING to STOPPED, and writes down what it sees.</summary>
internal sealed class TaskAgent(AgentServices services, ITaskRuntime runtime, string taskId) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly CancellationTokenSource kill = new();
    private readonly List<(ContainerDefinition Definition, IRunningContainer Running, Action<string> Output)> containers = [];
    private readonly List<Task> watches = [];
    private int stopping;

    /// <summary>Asks the task to end. In a hurry it leaves the front door without waiting for its requests.</summary>
    public void Stop(bool inHurry = false)
    {
        if (inHurry) hurry.Cancel();
        if (Interlocked.Exchange(ref stopping, 1) == 0) stop.Cancel();
    }

    /// <summary>Ends what does not end by itself: the stop timeout is over for whoever waits.</summary>
    public void Kill() => kill.Cancel();

    /// <summary>Ends when the task is STOPPED; never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            await StartAsync(stop.Token);
            await WatchAsync();
        }
        catch (ContainerStartException refusal)
        {
            Fail(refusal.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The scheduler has written down why.
        }
        catch (Exception error)
        {
            services.Log.LogError(error, "Task {TaskId} could not be started", taskId);
            Fail($"CannotStartContainerError: LocalCloud failed: {error.Message}");
        }

        try
        {
            await EndAsync();
            TaskFolder.Delete(Path.Combine(services.Folder.Root, "tasks", taskId));
        }
        catch (Exception error)
        {
            // The folder stays: by it, the next start finds what still runs.
            services.Log.LogError(error, "Task {TaskId} did not end as it should", taskId);
        }

        Change(task => task with { LastStatus = EcsTask.Stopped, DesiredStatus = EcsTask.Stopped, StoppedAt = Now, Target = TargetState.None });
    }

    public void Dispose()
    {
        stop.Dispose();
        hurry.Dispose();
        kill.Dispose();
    }

    private DateTimeOffset Now => services.Time.GetUtcNow();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var snapshot = services.State.Current;
        var task = snapshot.Tasks[taskId];
        Change(one => one with { LastStatus = EcsTask.Pending, ConnectivityAt = Now });
        if (services.Faults.Take("task:Start", Fault.Fail) is { Reason: { } reason }) throw new ContainerStartException(reason);
        var prepared = services.Preparation.Prepare(snapshot, task, runtime.Name);
        Change(one => one with { PullStartedAt = Now });
        if (services.Faults.Take("task:Start", Fault.Slow) is { } slow)
            await Task.Delay(TimeSpan.FromMilliseconds(slow.DelayMs), services.Time, cancellationToken);
        foreach (var container in prepared)
        {
            ChangeContainer(container.Definition.Name, one => one with { ImageDigest = container.Request.Image.Digest });
            await runtime.PullAsync(container.Request, cancellationToken);
        }

        Change(one => one with { LastStatus = EcsTask.Activating, PullStoppedAt = Now });
        foreach (var (definition, request) in prepared)
        {
            var running = await runtime.StartAsync(request, cancellationToken);
            containers.Add((definition, running, request.Output));
            ChangeContainer(definition.Name, one => one with { LastStatus = EcsTask.Running, RuntimeId = running.RuntimeId });
        }

        Change(one => one with { LastStatus = EcsTask.Running, StartedAt = Now });
    }

    private async Task WatchAsync()
    {
        var snapshot = services.State.Current;
        var started = services.Time.GetTimestamp();
        foreach (var (definition, running, output) in containers)
            if (definition.HealthCheck is { } check)
                watches.Add(new ContainerWatch(services, taskId, definition.Name, check, running, output).RunAsync(started, stop.Token));

        var service = snapshot.Tasks[taskId].ServiceArn is { } arn ? snapshot.Services.GetValueOrDefault(arn) : null;
        if (service is not null && EndPointBehind(service) is { } endPoint)
            watches.Add(new TargetWatch(services, taskId, service, endPoint).RunAsync(started, stop.Token));

        var ends = containers.ToDictionary(container => (Task)container.Running.Completion, container => container);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, services.Time, stop.Token);
        while (ends.Count > 0)
        {
            var first = await Task.WhenAny([.. ends.Keys, stopped]);
            if (first == stopped) return;
            ends.Remove(first, out var ended);
            var end = await ended.Running.Completion;
            ChangeContainer(ended.Definition.Name, one => one with { LastStatus = EcsTask.Stopped, ExitCode = end.ExitCode, Reason = end.Reason });
            if (ended.Definition.Essential || ends.Count == 0) break;
        }

        Change(task => !task.IsWanted ? task : task with
        {
            DesiredStatus = EcsTask.Stopped,
            StopCode = "EssentialContainerExited",
            StoppedReason = "Essential container in task exited",
            StoppingAt = Now,
        });
        Stop();
    }

    private IPEndPoint? EndPointBehind(Service service)
    {
        if (service.LoadBalancer() is not var (_, name, port)) return null;
        return containers.FirstOrDefault(container => container.Definition.Name == name).Running?.EndPointOf(port);
    }

    private async Task EndAsync()
    {
        var dead = containers.Any(container => container.Definition.Essential && container.Running.Completion.IsCompleted);
        Change(task => task with { LastStatus = EcsTask.Deactivating, StoppingAt = task.StoppingAt ?? Now, Target = Leaving(task.Target) });
        Stop();
        await Task.WhenAll(watches.Select(EndedAsync));
        await services.Targets.DeregisterAsync(taskId, dead ? TimeSpan.Zero : services.HealthCheck.DeregistrationDelay, hurry.Token);

        Change(task => task with { LastStatus = EcsTask.Stopping, Target = TargetState.None });
        await Task.WhenAll(containers.Select(async container =>
        {
            await using var running = container.Running;
            await running.StopAsync(container.Definition.StopTimeout, kill.Token);
            var end = await running.Completion;
            ChangeContainer(container.Definition.Name, one => one with { LastStatus = EcsTask.Stopped, ExitCode = end.ExitCode, Reason = end.Reason });
        }));
        Change(task => task with
        {
            LastStatus = EcsTask.Deprovisioning,
            ExecutionStoppedAt = Now,
            Containers = [.. task.Containers.Select(container => container with { LastStatus = EcsTask.Stopped, Health = EcsTask.UnknownHealth })],
        });
    }

    /// <summary>A check that broke must not keep the containers from being stopped.</summary>
    private async Task EndedAsync(Task watch)
    {
        try
        {
            await watch;
        }
        catch (Exception error)
        {
            services.Log.LogError(error, "A health check of task {TaskId} broke", taskId);
        }
    }

    /// <summary>What went wrong with a container is its reason, too; what went wrong before there was one (ResourceInitializationError) is the task's alone.</summary>
    private void Fail(string reason)
    {
        var ofContainer = reason.StartsWith("Cannot", StringComparison.Ordinal);
        var ofPull = reason.StartsWith("CannotPull", StringComparison.Ordinal);
        Change(task => task with
        {
            DesiredStatus = EcsTask.Stopped,
            StopCode = "TaskFailedToStart",
            StoppedReason = reason,
            PullStartedAt = ofPull ? task.PullStartedAt ?? Now : task.PullStartedAt,
            PullStoppedAt = ofPull ? Now : task.PullStoppedAt,
            StoppingAt = Now,
            Containers = [.. task.Containers.Select(one => ofContainer && one.RuntimeId is null ? one with { Reason = reason } : one)],
        });
    }

    private void Change(Func<EcsTask, EcsTask> change) => services.State.Update(taskId, change);

    private void ChangeContainer(string name, Func<EcsContainer, EcsContainer> change) => Change(task => task.With(name, change));

    private static TargetState Leaving(TargetState target) => target == TargetState.None ? TargetState.None : TargetState.Draining;
}
