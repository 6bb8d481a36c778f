using System.Collections.Immutable;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Ecs.Planning;

/// <summary>A task that is to be started for a deployment.</summary>
internal sealed record TaskStart(string TaskId, Deployment Deployment);

/// <summary>A task that is to be stopped.</summary>
internal sealed record TaskStop(string TaskId, string Reason);

/// <summary>What one look at a service leads to: the service as it is from now on, and what is to be done about its tasks.</summary>
internal sealed record ServicePlan(
    Service Service,
    ImmutableArray<TaskStart> Starts,
    ImmutableArray<TaskStop> Stops,
    ImmutableArray<string> Available,
    ImmutableArray<string> Reckoned);
