using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A task: what the scheduler wants of it and what its agent saw.</summary>
internal sealed record EcsTask
{
    public const string Provisioning = "PROVISIONING";
    public const string Pending = "PENDING";
    public const string Activating = "ACTIVATING";
    public const string Running = "RUNNING";
    public const string Deactivating = "DEACTIVATING";
    public const string Stopping = "STOPPING";
    public const string Deprovisioning = "DEPROVISIONING";
    public const string Stopped = "STOPPED";

    public const string UnknownHealth = "UNKNOWN";
    public const string Healthy = "HEALTHY";
    public const string Unhealthy = "UNHEALTHY";

    private static readonly TimeSpan UncheckedProof = TimeSpan.FromSeconds(1);

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    public required string TaskDefinitionArn { get; init; }

    /// <summary>The service's ARN; null for a task that RunTask started.</summary>
    public string? ServiceArn { get; init; }

    public string? RevisionArn { get; init; }

    public string? StartedBy { get; init; }

    public required string Group { get; init; }

    /// <summary>What makes a repeated RunTask known; null where none was given.</summary>
    public string? ClientToken { get; init; }

    public JsonObject Overrides { get; init; } = [];

    public JsonArray Tags { get; init; } = [];

    public string LastStatus { get; init; } = Provisioning;

    public string DesiredStatus { get; init; } = Running;

    /// <summary>The task's own address on this machine.</summary>
    public required string Address { get; init; }

    public ImmutableArray<EcsContainer> Containers { get; init; } = [];

    public TargetState Target { get; init; }

    /// <summary>What the target's last failed check saw, in the load balancer's words.</summary>
    public string? TargetReason { get; init; }

    /// <summary>Whether it was once running and healthy: what ends before that is a failed start.</summary>
    public bool WasAvailable { get; init; }

    /// <summary>Whether its end was counted.</summary>
    public bool Reckoned { get; init; }

    public string? StopCode { get; init; }

    public string? StoppedReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    public DateTimeOffset? ConnectivityAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppingAt { get; init; }

    public DateTimeOffset? ExecutionStoppedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public long Version { get; init; } = 1;

    [JsonIgnore]
    public bool IsStopped => LastStatus == Stopped;

    [JsonIgnore]
    public bool IsWanted => DesiredStatus == Running;

    /// <summary>UNHEALTHY where an essential container is, HEALTHY where all that are checked are.</summary>
    [JsonIgnore]
    public string Health
    {
        get
        {
            var checkedOnes = Containers.Where(container => container.Essential && container.HasHealthCheck).ToList();
            if (checkedOnes.Count == 0) return UnknownHealth;
            if (checkedOnes.Any(container => container.Health == Unhealthy)) return Unhealthy;
            return checkedOnes.TrueForAll(container => container.Health == Healthy) ? Healthy : UnknownHealth;
        }
    }

    [JsonIgnore]
    private bool IsHealthChecked => Containers.Any(container => container.Essential && container.HasHealthCheck);

    /// <summary>
    /// Counts towards the healthy percentage: runs, passes its checks, and the load balancer agrees. Where nothing checks it,
    /// it must have run for a moment, or a program that ends at once would pass for one that started.
    /// </summary>
    public bool IsAvailable(bool behindLoadBalancer, DateTimeOffset now)
    {
        if (LastStatus != Running || !IsWanted) return false;
        if (!IsHealthChecked && !behindLoadBalancer) return now - StartedAt >= UncheckedProof;
        return (!IsHealthChecked || Health == Healthy) && (!behindLoadBalancer || Target == TargetState.Healthy);
    }

    public EcsTask With(string container, Func<EcsContainer, EcsContainer> change) =>
        this with { Containers = [.. Containers.Select(one => one.Name == container ? change(one) : one)] };
}
