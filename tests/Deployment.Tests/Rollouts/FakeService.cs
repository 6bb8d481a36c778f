using Slipway.Deployment.Services;

namespace Slipway.Deployment.Tests.Rollouts;

/// <summary>A cluster with one service, as a state that a test changes while time goes by.</summary>
internal sealed class FakeService : IServiceDeployer
{
    private readonly Queue<Func<Exception>> troubles = new();

    public ServiceState? State { get; set; } = Given.Service(Given.Rollout(Given.Before, rollout: "COMPLETED", revision: Given.OldRevision, running: 1));

    public List<TaskState> Tasks { get; } = [];

    public Dictionary<string, LiveTaskDefinition> Definitions { get; } = new(StringComparer.Ordinal);

    public ServiceDeploymentState? ServiceDeployment { get; set; }

    /// <summary>Newest first; null: a cloud without them.</summary>
    public List<ServiceDeploymentState>? History { get; set; }

    public List<ServiceRevisionState> Revisions { get; } = [];

    public List<(string Arn, bool Rollback)> Stops { get; } = [];

    public List<string> Calls { get; } = [];

    public List<string> Registered { get; } = [];

    public List<ServiceUpdate> Updates { get; } = [];

    /// <summary>Runs before every look, with its number from 1.</summary>
    public Action<int>? BeforeLook { get; set; }

    public int Looks { get; private set; }

    /// <summary>Runs before the tasks are listed, with the number of that call from 1.</summary>
    public Func<int, CancellationToken, Task>? BeforeTasks { get; set; }

    private int TaskLooks { get; set; }

    public void FailNextLooks(int count, Func<Exception> trouble)
    {
        for (var index = 0; index < count; index++) troubles.Enqueue(trouble);
    }

    public Task<ServiceState?> FindServiceAsync(string cluster, string service, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add("FindService");
        Looks++;
        BeforeLook?.Invoke(Looks);
        return troubles.TryDequeue(out var trouble) ? Task.FromException<ServiceState?>(trouble()) : Task.FromResult(State);
    }

    public Task<LiveTaskDefinition?> FindTaskDefinitionAsync(string familyOrArn, CancellationToken cancellationToken) =>
        Task.FromResult(Definitions.GetValueOrDefault(familyOrArn));

    public Task<string> RegisterTaskDefinitionAsync(string family, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        Calls.Add("Register");
        Registered.Add(System.Text.Encoding.UTF8.GetString(document.Span));
        Definitions[Given.NewRevision] = Definitions[family] = new LiveTaskDefinition(Given.NewRevision, Registered[^1]);
        return Task.FromResult(Given.NewRevision);
    }

    public Task<ServiceState> UpdateServiceAsync(ServiceUpdate update, CancellationToken cancellationToken)
    {
        Calls.Add("Update");
        Updates.Add(update);
        var before = State!;
        if (before.TaskDefinitionArn != update.TaskDefinitionArn || update.ForceNewDeployment)
        {
            var ours = Given.Rollout(before.TaskDefinitionArn == update.TaskDefinitionArn ? Given.Other : Given.Ours, revision: update.TaskDefinitionArn, desired: update.DesiredCount ?? before.DesiredCount);
            State = before with
            {
                TaskDefinitionArn = update.TaskDefinitionArn,
                Deployments = [ours, .. before.Deployments.Select(deployment => deployment with { Status = "ACTIVE" })],
            };
        }

        State = State! with { DesiredCount = update.DesiredCount ?? before.DesiredCount };
        return Task.FromResult(State);
    }

    public async Task<IReadOnlyList<TaskState>> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken)
    {
        if (BeforeTasks is { } before) await before(++TaskLooks, cancellationToken);
        return [.. Tasks];
    }

    public Task<ServiceDeploymentState?> FindServiceDeploymentAsync(string arn, CancellationToken cancellationToken) =>
        Task.FromResult(ServiceDeployment);

    public Task<IReadOnlyList<ServiceDeploymentState>?> ListServiceDeploymentsAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServiceDeploymentState>?>(
            History is null ? null : [.. History.Where(deployment => createdSince is null || deployment.CreatedAt >= createdSince)]);

    public Task<IReadOnlyList<ServiceRevisionState>> FindServiceRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServiceRevisionState>>([.. Revisions.Where(revision => arns.Contains(revision.Arn))]);

    public Task StopServiceDeploymentAsync(string arn, bool rollback, CancellationToken cancellationToken)
    {
        Calls.Add("Stop");
        Stops.Add((arn, rollback));
        return Task.CompletedTask;
    }
}
