using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollbacks;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>
/// Runs one task beside a service, in its network and on its capacity, and waits for its end with its log. Anything but exit code 0 of the
/// container that decides is a <see cref="SlipwayException"/>; the service itself is never changed.
/// </summary>
public sealed class RunOneOffTask(
    DeploymentSettings settings, IServiceDeployer deployer, ITaskRunner runner, ILogReader logs, IReport report, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revisionArn">The revision, unless the settings name another task definition.</param>
    /// <param name="command">The command; null: the container's own.</param>
    /// <param name="isOnce">Whether a task of the same work that has ended well, as far back as ECS remembers, counts.</param>
    /// <param name="cancellationToken">Stops the task.</param>
    public async Task RunAsync(
        ServiceState service, string revisionArn, IReadOnlyList<string>? command, bool isOnce, CancellationToken cancellationToken)
    {
        var name = settings.OneOffTask.TaskDefinition ?? revisionArn;
        var revision = await deployer.FindTaskDefinitionAsync(name, cancellationToken) ?? throw new SlipwayException(
            ExitCode.PreconditionFailed, $"The task definition '{name}' of the one-off task does not exist in region {settings.Region}.",
            $"correct --{OneOffTaskOptions.PreDeployTaskDefinition.Name}");
        var task = OneOffTaskRequest.Make(settings, service, revision, command);
        var known = await FindKnownAsync(task, revision, cancellationToken);
        if (isOnce && known is { IsStopped: true })
        {
            report.Fact($"Task '{known.Id}' has done this for '{ResourceName.Of(revision.Arn)}' already: not run again.");
            return;
        }

        var state = known is { IsStopped: false } ? Join(known, task) : await StartAsync(task, cancellationToken);
        await FollowAsync(task, state, revision, cancellationToken);
    }

    /// <summary>One that runs, else one that has ended well. What is being stopped works on meanwhile: nothing is judged or started beside it.</summary>
    private async Task<TaskState?> FindKnownAsync(OneOffTask task, LiveTaskDefinition revision, CancellationToken cancellationToken)
    {
        var family = ResourceName.FamilyOf(task.TaskDefinitionArn);
        var ended = new List<TaskState>();
        while (true)
        {
            // The list may lag behind what was seen of one of them.
            var ours = (await runner.ListAsync(task.Cluster, family, cancellationToken))
                .Where(known => known.StartedBy == task.StartedBy && !ended.Exists(one => one.Arn == known.Arn)).ToList();
            if (ours.Find(known => !known.IsStopped) is { } running) return running;
            if (ours.Find(known => known.LastStatus != "STOPPED") is not { } stopping)
                return ended.Concat(ours).FirstOrDefault(known => TaskEnding.Of(known, task.Container).Cause is null);

            report.Fact($"Task '{stopping.Id}' of '{ResourceName.Of(task.TaskDefinitionArn)}' was started by an earlier run and is being stopped; its end is awaited.");
            ended.Add(await WatchAsync(task, stopping, LogOf(task, stopping, revision), cancellationToken));
        }
    }

    private TaskState Join(TaskState known, OneOffTask task)
    {
        report.Fact($"Task '{known.Id}' of '{ResourceName.Of(task.TaskDefinitionArn)}' was started by an earlier run; it is followed.");
        return known;
    }

    /// <summary>The answer is awaited by a cancelled run, too: only it names the task that has to be stopped.</summary>
    private async Task<TaskState> StartAsync(OneOffTask task, CancellationToken cancellationToken)
    {
        try
        {
            var state = await LastCall.AwaitAsync(token => runner.RunAsync(task, token), time, cancellationToken);
            report.Fact($"Started task '{state.Id}' of '{ResourceName.Of(task.TaskDefinitionArn)}', container '{task.Container}'.");
            return state;
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken != cancellationToken)
        {
            throw new SlipwayException(
                ExitCode.Cancelled,
                "The run was cancelled while a one-off task was being started, and ECS has not answered: whether it runs is not known. The service was not changed.",
                $"look for tasks that were started by '{task.StartedBy}': aws ecs list-tasks --cluster {task.Cluster} --started-by {task.StartedBy}");
        }
    }

    private async Task FollowAsync(OneOffTask task, TaskState state, LiveTaskDefinition revision, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var log = LogOf(task, state, revision);
        var ended = await WatchAsync(task, state, log, cancellationToken);
        var ending = TaskEnding.Of(ended, task.Container, log.Told);
        if (ending.Cause is not null) throw Failure(ended, task, ending.Cause, ending.Remedy, ending.Evidence, log);
        report.Fact(FormattableString.Invariant(
            $"Task '{ended.Id}' ended well after {time.GetElapsedTime(begin).TotalSeconds:0} s: container '{task.Container}', exit code 0."));
    }

    private TaskLogFeed LogOf(OneOffTask task, TaskState state, LiveTaskDefinition revision) =>
        new(logs, TaskLogs.Of(revision).StreamOf(task.Container, state.Id), task.Container, report);

    /// <summary>The task once it is decided; a cancelled run and the timeout stop it.</summary>
    private async Task<TaskState> WatchAsync(OneOffTask task, TaskState state, TaskLogFeed log, CancellationToken cancellationToken)
    {
        var timeout = settings.OneOffTask.Timeout;
        TaskState ended;
        try
        {
            ended = await new TaskFollower(runner, log, report, time).FollowAsync(task, state, timeout, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var stop = await StopAsync(task, state, "The run was cancelled.");
            throw new SlipwayException(
                ExitCode.Cancelled, $"The run was cancelled. {stop} Service '{settings.Service}' was not changed.", "run the same command again");
        }

        if (ended.LastStatus != "STOPPED")
        {
            var stop = await StopAsync(task, state, "The task took too long.");
            var late = FormattableString.Invariant($"did not end within {timeout.TotalSeconds:0} s. {stop}");
            if (!TaskEnding.IsDecided(ended, task.Container))
                throw Failure(state, task, $"It {late}", "give it more time with --task-timeout, or look at its log", [], log);
            report.Warning($"Container '{task.Container}' has ended, but its task {late}");
        }

        return ended;
    }

    /// <summary>Within a few seconds: a cancelled run has no more.</summary>
    private async Task<string> StopAsync(OneOffTask task, TaskState state, string reason)
    {
        using var patience = new CancellationTokenSource(LastCall.Patience, time);
        try
        {
            await runner.StopAsync(task.Cluster, state.Arn, reason, patience.Token);
            return $"Task '{state.Id}' is stopped.";
        }
        catch (Exception failure) when (failure is OperationCanceledException or SlipwayException or TransientServiceException)
        {
            var why = failure is OperationCanceledException ? "ECS did not answer" : failure.Message;
            return $"Task '{state.Id}' could not be stopped and may go on in ECS: {why}.";
        }
    }

    private SlipwayException Failure(
        TaskState state, OneOffTask task, string cause, string? remedy, IReadOnlyList<string> evidence, TaskLogFeed log)
    {
        var where = log.Stream is not { } stream ? $"container '{task.Container}' has no awslogs stream that could be read"
            : log.Count == 0 ? $"container '{task.Container}' has written nothing to '{stream.Group}', stream '{stream.Stream}'"
            : FormattableString.Invariant($"its {log.Count} log lines are shown above; they are in '{stream.Group}', stream '{stream.Stream}'");
        var lines = evidence.Append(where).Select(line => $"  {line}");
        return new SlipwayException(
            ExitCode.DeploymentFailed,
            string.Join('\n', [$"The one-off task '{state.Id}' of '{ResourceName.Of(task.TaskDefinitionArn)}' failed; service '{settings.Service}' was not changed. {cause}", .. lines]),
            remedy ?? "read the log lines and the stop reason");
    }
}
