using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.FrontDoor;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Ecs.Scheduling;

/// <summary>What every task's agent works with.</summary>
internal sealed record AgentServices(
    EcsState State,
    TaskPreparation Preparation,
    FaultPlan Faults,
    TargetPool Targets,
    TargetHealthCheck HealthCheck,
    TargetProbe Probe,
    StateFolder Folder,
    TimeProvider Time,
    ILogger<TaskAgent> Log);
