using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Tells a rollback of our deployment from a deployment that somebody else began. Pure.</summary>
internal static class RollbackSigns
{
    public static bool Tell(
        RolloutGoal goal, RolloutObservation observation, ServiceState service, DeploymentState primary, DeploymentState? ours)
    {
        if (observation.ServiceDeployment?.Status.StartsWith("ROLLBACK", StringComparison.Ordinal) == true) return true;

        // Somebody else's deployment may have been rolled back to our revision.
        var isOurs = primary.TaskDefinitionArn == goal.TaskDefinitionArn;
        if (isOurs && goal.PreviousTaskDefinitionArn != goal.TaskDefinitionArn) return false;
        if (Says(primary.RolloutStateReason) || ours?.IsFailed == true && Says(ours.RolloutStateReason)) return true;

        // Without ECS's word for it: back to what was live before is a rollback, unless that is our own revision again.
        var isBack = primary.TaskDefinitionArn == goal.PreviousTaskDefinitionArn;
        return isBack && (!isOurs || ours?.IsFailed == true || Announced(service, ours));
    }

    private static bool Announced(ServiceState service, DeploymentState? ours) =>
        service.Events.Any(happened => (ours?.CreatedAt is null || happened.At >= ours.CreatedAt) && Says(happened.Message));

    private static bool Says(string? text) => text?.Contains("rolling back", StringComparison.OrdinalIgnoreCase) == true;
}
