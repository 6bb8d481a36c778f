using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Tells a rollback of our deployment from a deployment that somebody else began. Pure.</summary>
internal static class RollbackSigns
{
    /// <summary>Whether the primary deployment is the rollback of ours.</summary>
    public static bool Tell(Sight sight, DeploymentState primary)
    {
        var (goal, ours) = (sight.Goal, sight.Ours);

        // Somebody else's deployment may have been rolled back to our revision.
        var isOurs = primary.TaskDefinitionArn == goal.TaskDefinitionArn;
        if (isOurs && goal.PreviousTaskDefinitionArn != goal.TaskDefinitionArn) return false;
        if (Says(primary) || (ours?.IsFailed == true && Says(ours))) return true;

        // Without ECS's word for it: back to what was live before is a rollback, unless that is our own revision again.
        var isBack = primary.TaskDefinitionArn == goal.PreviousTaskDefinitionArn;
        return isBack && (!isOurs || ours?.IsFailed == true || Announced(sight));
    }

    /// <summary>Whether ECS calls the deployment a rollback.</summary>
    public static bool Says(DeploymentState deployment) => Says(deployment.RolloutStateReason);

    private static bool Announced(Sight sight) =>
        sight.Service.Events.Any(happened => (sight.Begin is null || happened.At >= sight.Begin) && Says(happened.Message));

    private static bool Says(string? text) => text?.Contains("rolling back", StringComparison.OrdinalIgnoreCase) == true;
}
