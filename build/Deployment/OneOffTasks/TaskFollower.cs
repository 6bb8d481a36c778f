using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.OneOffTasks;

/// <summary>Follows one task to its end, with its log.</summary>
internal sealed class TaskFollower(ITaskRunner runner, TaskLogFeed log, IReport report, TimeProvider time)
{
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private const double Growth = 1.1;
    private static readonly TimeSpan ThrottledPause = TimeSpan.FromSeconds(10);

    // ECS shows a new task to its readers a little later; it forgets none within this time.
    private static readonly TimeSpan Appearance = TimeSpan.FromSeconds(60);

    // Sidecars that go on without the container that decides.
    private static readonly TimeSpan SidecarPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(2);

    /// <summary>The task at its end; where that did not come in time, as it was seen last. Throttling and passing errors slow it down and do not end it.</summary>
    public async Task<TaskState> FollowAsync(OneOffTask task, TaskState state, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (begin, pause, seenAt) = (time.GetTimestamp(), FirstPause, TimeSpan.Zero);
        var stop = new SidecarStop(SidecarPatience);
        var wasOver = state.LastStatus == "STOPPED";
        while (true)
        {
            await log.ReadAsync(cancellationToken);
            if (state.LastStatus == "STOPPED") return wasOver ? state : await EndAsync(state, cancellationToken);
            var waited = time.GetElapsedTime(begin);
            if (waited >= timeout) return state;
            if (waited - seenAt >= Appearance) throw Vanished(state);

            report.Progress($"Task '{state.Id}' is {state.LastStatus}.");
            await Task.Delay(pause < timeout - waited ? pause : timeout - waited, time, cancellationToken);
            try
            {
                if (await runner.FindAsync(task.Cluster, state.Arn, cancellationToken) is { } seen) (state, seenAt) = (seen, time.GetElapsedTime(begin));
                if (stop.IsDue(state, task.Container, time.GetElapsedTime(begin)))
                {
                    await runner.StopAsync(task.Cluster, state.Arn, $"Container '{task.Container}' has ended.", cancellationToken);
                    stop.IsDone = true;
                }

                pause = pause * Growth < LongestPause ? pause * Growth : LongestPause;
            }
            catch (TransientServiceException failure)
            {
                report.Detail($"{failure.Message}. Looking again later.");
                (pause, seenAt) = (ThrottledPause, time.GetElapsedTime(begin));
            }
        }
    }

    /// <summary>The last lines may come after the end.</summary>
    private async Task<TaskState> EndAsync(TaskState state, CancellationToken cancellationToken)
    {
        await Task.Delay(LogDelay, time, cancellationToken);
        await log.ReadAsync(cancellationToken);
        return state;
    }

    private static SlipwayException Vanished(TaskState state) => new(
        ExitCode.DeploymentFailed, $"ECS no longer shows task '{state.Id}', so that its end is not known.", "look at the task and its log in the ECS console");

    /// <summary>Once the container that decides has ended, a task that its sidecars keep alive is stopped.</summary>
    private sealed class SidecarStop(TimeSpan patience)
    {
        private TimeSpan? endedAt;

        public bool IsDone { get; set; }

        public bool IsDue(TaskState state, string container, TimeSpan waited)
        {
            if (IsDone || state.IsStopped || !TaskEnding.IsDecided(state, container)) return false;
            endedAt ??= waited;
            return waited - endedAt >= patience;
        }
    }
}
