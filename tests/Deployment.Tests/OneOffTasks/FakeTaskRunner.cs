using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Services;
using Slipway.Deployment.Tests.Rollouts;

namespace Slipway.Deployment.Tests.OneOffTasks;

/// <summary>A cluster that runs tasks as a test says: each look shows the next state of the one that was started.</summary>
internal sealed class FakeTaskRunner : ITaskRunner
{
    private readonly Queue<Func<TaskState?>> looks = new();

    /// <summary>What ECS knows of earlier tasks.</summary>
    public List<TaskState> Known { get; } = [];

    public List<OneOffTask> Started { get; } = [];

    public List<(string Arn, string Reason)> Stopped { get; } = [];

    public Func<CancellationToken, Task> OnRun { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnStop { get; set; } = _ => Task.CompletedTask;

    public int Looks { get; private set; }

    public TaskState Last { get; set; } = Of("PENDING");

    public static TaskState Of(string status, int? exitCode = null, string? reason = null, string? stopCode = null, string? stoppedReason = null) => new(
        "arn:aws:ecs:us-east-1:123456789012:task/parrot/abc", Given.NewRevision, status, status == "STOPPED" ? "STOPPED" : "RUNNING", null, null, stopCode,
        stoppedReason, Given.Noon, null, status == "STOPPED" ? Given.Noon : null,
        [new ContainerState("sidecar", null, null, status, 137, null, null), new ContainerState("web", null, null, status, exitCode, reason, null)]);

    public FakeTaskRunner Then(params TaskState?[] states)
    {
        foreach (var state in states) looks.Enqueue(() => state);
        return this;
    }

    public FakeTaskRunner Then(Func<TaskState?> look)
    {
        looks.Enqueue(look);
        return this;
    }

    public async Task<TaskState> RunAsync(OneOffTask task, CancellationToken cancellationToken)
    {
        await OnRun(cancellationToken);
        Started.Add(task);
        return Last;
    }

    public Task<TaskState?> FindAsync(string cluster, string taskArn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Looks++;
        if (!looks.TryDequeue(out var look)) return Task.FromResult<TaskState?>(Last);
        var seen = look();
        if (seen is not null) Last = seen;
        return Task.FromResult(seen);
    }

    public Task<IReadOnlyList<TaskState>> ListAsync(string cluster, string family, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TaskState>>([.. Known]);

    public async Task StopAsync(string cluster, string taskArn, string reason, CancellationToken cancellationToken)
    {
        await OnStop(cancellationToken);
        Stopped.Add((taskArn, reason));
        Last = Last with { LastStatus = "STOPPED", DesiredStatus = "STOPPED", StopCode = "UserInitiated", StoppedReason = reason };
    }
}
