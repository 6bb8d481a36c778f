using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A service with its whole history; immutable, so that planning is a function of it.</summary>
internal sealed record Service
{
    public const string Active = "ACTIVE";
    public const string Draining = "DRAINING";
    public const string Inactive = "INACTIVE";

    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    public string Status { get; init; } = Active;

    public required int DesiredCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The members of CreateService and UpdateService that only describe: load balancers, network, deployment configuration …</summary>
    public required JsonObject Settings { get; init; }

    public JsonArray Tags { get; init; } = [];

    /// <summary>The primary one first.</summary>
    public ImmutableArray<Deployment> Deployments { get; init; } = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<ServiceDeployment> History { get; init; } = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<ServiceRevision> Revisions { get; init; } = [];

    /// <summary>Newest first, 100 at the most.</summary>
    public ImmutableArray<ServiceEvent> Events { get; init; } = [];

    /// <summary>Whether the present steady state was announced.</summary>
    public bool Steady { get; init; }

    /// <summary>When a task could not be placed for lack of capacity; null since one could.</summary>
    public DateTimeOffset? UnplacedAt { get; init; }

    [JsonIgnore]
    public Deployment? Primary => Deployments.FirstOrDefault(deployment => deployment.Status == Deployment.Primary);

    public ServiceRevision? Revision(string arn) => Revisions.FirstOrDefault(revision => revision.Arn == arn);

    public ServiceDeployment? ServiceDeployment(string arn) => History.FirstOrDefault(deployment => deployment.Arn == arn);

    /// <summary>The first load balancer entry: the embedded front door serves one.</summary>
    public (string TargetGroupArn, string ContainerName, int ContainerPort)? LoadBalancer()
    {
        if (Settings["loadBalancers"] is not JsonArray { Count: > 0 } entries || entries[0] is not JsonObject entry) return null;
        if (entry["containerName"] is not JsonValue name || entry["containerPort"] is not JsonValue port) return null;
        return ((string?)entry["targetGroupArn"] ?? "", name.GetValue<string>(), port.GetValue<int>());
    }

    public Service With(Deployment changed) =>
        this with { Deployments = [.. Deployments.Select(deployment => deployment.Id == changed.Id ? changed : deployment)] };

    public Service With(ServiceDeployment changed) =>
        this with { History = [.. History.Select(deployment => deployment.Arn == changed.Arn ? changed : deployment)] };

    public Service With(ServiceRevision changed) =>
        this with { Revisions = [.. Revisions.Select(revision => revision.Arn == changed.Arn ? changed : revision)] };

    /// <summary>Adds "(service name) message" in front.</summary>
    public Service Saying(DateTimeOffset now, string message) => this with
    {
        Events = [new ServiceEvent(Guid.NewGuid().ToString(), now, $"(service {Name}) {message}"), .. Events.Take(99)],
    };
}
