using System.Globalization;
using System.Text;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Planning;

/// <summary>Reads from ECS, and answers a change with what it would lead to.</summary>
internal sealed class PlanningDeployer(IServiceDeployer inner, PlannedCalls calls) : IServiceDeployer
{
    private const string Marker = ":task-definition/";

    private readonly Dictionary<string, LiveTaskDefinition?> _asked = new(StringComparer.Ordinal);

    /// <summary>The service as it is; null where there is none or where it is not known.</summary>
    public ServiceState? Service { get; private set; }

    /// <summary>The revision that would be registered; null where none would.</summary>
    public LiveTaskDefinition? Registered { get; private set; }

    /// <summary>How the service would be changed; null where it would not.</summary>
    public ServiceUpdate? Update { get; private set; }

    /// <summary>A task definition that a use case has asked for.</summary>
    public LiveTaskDefinition? Asked(string familyOrArn) => _asked.GetValueOrDefault(familyOrArn);

    /// <inheritdoc />
    public async Task<ServiceState?> FindServiceAsync(string cluster, string service, CancellationToken cancellationToken)
    {
        calls.Read("ecs:DescribeServices", service);
        return Service = await inner.FindServiceAsync(cluster, service, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<LiveTaskDefinition?> FindTaskDefinitionAsync(string familyOrArn, CancellationToken cancellationToken)
    {
        calls.Read("ecs:DescribeTaskDefinition", ResourceName.Of(familyOrArn));
        if (Registered?.Arn == familyOrArn) return Registered;
        return _asked[familyOrArn] = await inner.FindTaskDefinitionAsync(familyOrArn, cancellationToken);
    }

    /// <summary>Asks for a task definition that Deploy does not ask for.</summary>
    public async Task LookAtAsync(string arn, CancellationToken cancellationToken) =>
        _asked[arn] = await inner.FindTaskDefinitionAsync(arn, cancellationToken);

    /// <inheritdoc />
    public Task<string> RegisterTaskDefinitionAsync(string family, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        calls.Write("ecs:RegisterTaskDefinition", $"family {family}, {document.Length.ToString(CultureInfo.InvariantCulture)} bytes");
        Registered = new LiveTaskDefinition(NextRevision(family), Encoding.UTF8.GetString(document.Span));
        return Task.FromResult(Registered.Arn);
    }

    /// <inheritdoc />
    public Task<ServiceState> UpdateServiceAsync(ServiceUpdate update, CancellationToken cancellationToken)
    {
        var service = Service ?? throw new InvalidOperationException("A service is looked at before it is changed.");
        var count = update.DesiredCount is { } wanted ? FormattableString.Invariant($", desired count {wanted}") : "";
        var again = update.ForceNewDeployment ? ", a new deployment" : "";
        calls.Write("ecs:UpdateService", $"{update.Service}, task definition {ResourceName.Of(update.TaskDefinitionArn)}{count}{again}");
        Update = update;

        // ECS begins no deployment for a revision that its primary deployment has already, unless it is told to.
        if (!update.ForceNewDeployment && service.Primary is { } primary && primary.TaskDefinitionArn == update.TaskDefinitionArn) return Task.FromResult(service);
        var desired = update.DesiredCount ?? service.DesiredCount;
        var started = new DeploymentState("ecs-svc/planned", "PRIMARY", "IN_PROGRESS", null, update.TaskDefinitionArn, desired, 0, 0, 0, null, null);
        var former = service.Deployments.Select(deployment => deployment.IsPrimary ? deployment with { Status = "ACTIVE" } : deployment);
        return Task.FromResult(service with
        {
            TaskDefinitionArn = update.TaskDefinitionArn,
            DesiredCount = desired,
            Deployments = [started, .. former],
        });
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<TaskState>> ListTasksAsync(string cluster, string service, CancellationToken cancellationToken)
    {
        calls.Read("ecs:ListTasks", service);
        calls.Read("ecs:DescribeTasks", service);
        return inner.ListTasksAsync(cluster, service, cancellationToken);
    }

    /// <inheritdoc />
    public Task<ServiceDeploymentState?> FindServiceDeploymentAsync(string arn, CancellationToken cancellationToken)
    {
        calls.Read("ecs:DescribeServiceDeployments", ResourceName.Of(arn));
        return inner.FindServiceDeploymentAsync(arn, cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ServiceDeploymentState>?> ListServiceDeploymentsAsync(
        string cluster, string service, DateTimeOffset? createdSince, CancellationToken cancellationToken)
    {
        calls.Read("ecs:ListServiceDeployments", service);
        return inner.ListServiceDeploymentsAsync(cluster, service, createdSince, cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ServiceRevisionState>> FindServiceRevisionsAsync(IReadOnlyList<string> arns, CancellationToken cancellationToken)
    {
        foreach (var arn in arns) calls.Read("ecs:DescribeServiceRevisions", ResourceName.Of(arn));
        return inner.FindServiceRevisionsAsync(arns, cancellationToken);
    }

    /// <inheritdoc />
    public Task StopServiceDeploymentAsync(string arn, bool rollback, CancellationToken cancellationToken)
    {
        calls.Write("ecs:StopServiceDeployment", ResourceName.Of(arn));
        return Task.CompletedTask;
    }

    // ECS counts on from the newest revision, and says so only when it has registered: one that was deregistered counts, too.
    private string NextRevision(string family)
    {
        var newest = _asked.GetValueOrDefault(family)?.Arn ?? Service?.TaskDefinitionArn ?? "";
        var known = ResourceName.Of(newest).Split(':') is [var name, var digits] && name == family && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        var at = newest.IndexOf(Marker, StringComparison.Ordinal);
        return FormattableString.Invariant($"{(at < 0 ? "" : newest[..(at + Marker.Length)])}{family}:{known + 1}");
    }
}
