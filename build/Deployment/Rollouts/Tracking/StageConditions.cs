using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Whether a lifecycle stage can be waited for at all. Pure.</summary>
internal static class StageConditions
{
    /// <summary>What cannot be waited for is a <see cref="SlipwayException"/> with remedy.</summary>
    public static void Check(RolloutGoal goal, RolloutObservation seen)
    {
        if (goal.Settings.WaitUntil.Stage is not { } stage || seen.Service is not { } service) return;
        var option = $"--{RolloutOptions.WaitUntil.Name}={stage}";
        if (service.Strategy == "ROLLING")
        {
            throw new SlipwayException(
                ExitCode.InvalidInput,
                $"Service '{service.Name}' has the deployment strategy ROLLING, which has no lifecycle stages: {option} would never be reached.",
                $"use --{RolloutOptions.WaitUntil.Name}={WaitUntil.Stable.Text}, or a service with BLUE_GREEN, LINEAR or CANARY");
        }

        if (seen is { IsSearching: false, ServiceDeployment: null })
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"ECS does not tell the lifecycle stage of deployment '{goal.DeploymentId}': {option} cannot be waited for.",
                "allow the caller ecs:ListServiceDeployments, ecs:DescribeServiceDeployments and ecs:DescribeServiceRevisions");
        }
    }
}
