using Slipway.Deployment.Services;
using static Slipway.Deployment.Tests.Rollouts.Given;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>An ECS that plays a scenario on a clock.</summary>
internal sealed class ScriptedEcs(Scenario scenario, SteppedClock clock) : IServiceDeployer
{
    private static readonly DateTimeOffset Created = Noon;

    public List<string> Calls { get; } = [];

    /// <summary>Runs before every call.</summary>
    public Action? OnCall { get; set; }

    private Scene Now => scenario.Scenes.Last(scene => scene.At <= clock.Seconds);

    public Task<ServiceState?> FindServiceAsync(string cluster, string service, CancellationToken cancellationToken) =>
        AnswerAsync("DescribeServices", () => Now.Service, cancellationToken);

    public Task<IReadOnlyList<TaskState>> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken) =>
        AnswerAsync("DescribeTasks", () => Now.Tasks, cancellationToken);

    public Task<ServiceDeploymentState?> FindServiceDeploymentAsync(string arn, CancellationToken cancellationToken) =>
        AnswerAsync("DescribeServiceDeployments", () => scenario.OffersServiceDeployments && arn == Scenery.Arn ? Now.Deployment : null, cancellationToken);

    public Task<IReadOnlyList<ServiceDeploymentState>?> ListServiceDeploymentsAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<ServiceDeploymentState>?>(
            "ListServiceDeployments",
            () => !scenario.OffersServiceDeployments ? null
                : Now.Deployment is { } ours && (createdSince is null || createdSince <= Created) ? [ours]
                : [],
            cancellationToken);

    public Task<IReadOnlyList<ServiceRevisionState>> FindServiceRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<ServiceRevisionState>>(
            "DescribeServiceRevisions",
            () => [.. arns.Select(arn => new ServiceRevisionState(arn, arn.StartsWith(Scenery.Arn, StringComparison.Ordinal) ? NewRevision : OldRevision, Noon))],
            cancellationToken);

    public Task<LiveTaskDefinition?> FindTaskDefinitionAsync(string familyOrArn, CancellationToken cancellationToken) =>
        AnswerAsync<LiveTaskDefinition?>(
            "DescribeTaskDefinition",
            () => new LiveTaskDefinition(familyOrArn, """{ "family": "web", "containerDefinitions": [{ "name": "web" }] }""") { RegisteredBy = Scenery.Ann },
            cancellationToken);

    public Task<string> RegisterTaskDefinitionAsync(string family, ReadOnlyMemory<byte> document, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A wait registers nothing.");

    public Task<ServiceState> UpdateServiceAsync(ServiceUpdate update, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A wait updates nothing.");

    public Task StopServiceDeploymentAsync(string arn, bool rollback, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A wait stops nothing.");

    private Task<T> AnswerAsync<T>(string call, Func<T> answer, CancellationToken cancellationToken)
    {
        OnCall?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add(call);
        return scenario.Trouble(clock.Seconds, call) is { } trouble ? Task.FromException<T>(trouble) : Task.FromResult(answer());
    }
}
