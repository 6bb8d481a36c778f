using Slipway.LocalCloud.Ecs.Model;
using Slipway.LocalCloud.Ecs.Planning;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Runtime;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>
/// The one loop: plans every service, applies the plans, sees to it that every task has an agent. It goes by what is,
/// so a missed signal costs half a second and nothing else.
/// </summary>
internal sealed class Scheduler(
    EcsState state, ITaskRuntimeSelector selector, TaskRecords factory, AgentServices services, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const int KeptStoppedTasks = 200;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan StoppedTasksStay = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (TaskAgent Agent, Task Life)> agents = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        state.Update(before => before.Tasks.Values.Where(task => task.IsWanted).Aggregate(before, (snapshot, task) => snapshot.With(task with
        {
            DesiredStatus = EcsTask.Stopped,
            StopCode = "TerminationNotice",
            StoppedReason = "Task stopped because LocalCloud was shut down",
            StoppingAt = services.Time.GetUtcNow(),
        })));
        foreach (var (agent, _) in agents.Values) agent.Stop(inHurry: true);
        var lives = Task.WhenAll(agents.Values.Select(one => one.Life));
        try
        {
            await lives.WaitAsync(ShutdownPatience, services.Time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            services.Log.LogWarning("Some tasks did not stop in time and are killed");
            foreach (var (agent, _) in agents.Values) agent.Kill();
            await lives.WaitAsync(Beat * 6, services.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        state.Save();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // An engine pulls from the registry of this very process, which listens only when the application has started.
        await StartedAsync(stoppingToken);
        var runtime = await selector.SelectAsync(stoppingToken);
        try
        {
            await runtime.EndOrphansAsync(stoppingToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            services.Log.LogError(error, "What an earlier instance left running could not be ended");
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Step(runtime);
                state.Save();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                services.Log.LogError(error, "The scheduler failed in one step and goes on");
                await Task.Delay(Beat, services.Time, stoppingToken);
            }

            await state.ChangedAsync(Beat, stoppingToken);
        }
    }

    private void Step(ITaskRuntime runtime)
    {
        var snapshot = state.Update(before => before.Services.Values.Aggregate(Forget(before), Apply));
        foreach (var (id, (agent, life)) in agents.ToList())
        {
            if (snapshot.Tasks.TryGetValue(id, out var task) && task.IsWanted && !task.IsStopped) continue;
            agent.Stop();
            if (!life.IsCompleted) continue;
            agents.Remove(id);
            agent.Dispose();
        }

        foreach (var task in snapshot.Tasks.Values.Where(task => !task.IsStopped && !agents.ContainsKey(task.Id)))
        {
            var agent = new TaskAgent(services, runtime, task.Id);
            if (!task.IsWanted) agent.Stop();
            agents[task.Id] = (agent, Task.Run(agent.RunAsync, CancellationToken.None));
        }
    }

    private EcsSnapshot Apply(EcsSnapshot snapshot, Service service)
    {
        var now = services.Time.GetUtcNow();
        var plan = ServicePlanner.Plan(
            service, [.. snapshot.TasksOf(service)], now, () => services.Faults.Take("task:Start", Fault.Capacity) is null);
        if (!ReferenceEquals(plan.Service, service)) snapshot = snapshot.With(plan.Service);
        foreach (var start in plan.Starts)
            snapshot = snapshot.With(factory.ForService(service, start, snapshot.TaskDefinitions[start.Deployment.TaskDefinitionArn]));
        foreach (var stop in plan.Stops)
        {
            snapshot = snapshot.With(snapshot.Tasks[stop.TaskId] with
            {
                DesiredStatus = EcsTask.Stopped,
                StopCode = "ServiceSchedulerInitiated",
                StoppedReason = stop.Reason,
                StoppingAt = now,
            });
        }

        foreach (var id in plan.Available) snapshot = snapshot.With(snapshot.Tasks[id] with { WasAvailable = true });
        foreach (var id in plan.Reckoned) snapshot = snapshot.With(snapshot.Tasks[id] with { Reckoned = true });
        return snapshot;
    }

    /// <summary>ECS shows stopped tasks for about an hour.</summary>
    private EcsSnapshot Forget(EcsSnapshot snapshot)
    {
        var oldest = services.Time.GetUtcNow() - StoppedTasksStay;
        var stopped = snapshot.Tasks.Values.Where(task => task.IsStopped).OrderByDescending(task => task.StoppedAt).ToList();
        var gone = stopped.Where((task, index) => index >= KeptStoppedTasks || task.StoppedAt < oldest).Select(task => task.Id).ToList();
        return gone.Count == 0 ? snapshot : snapshot with { Tasks = snapshot.Tasks.RemoveRange(gone) };
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }
}
