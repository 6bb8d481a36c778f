using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>The present state of a deployment in one line.</summary>
internal static class RolloutProgress
{
    public static string Describe(ServiceState service, DeploymentState deployment)
    {
        var text = FormattableString.Invariant($"{deployment.RunningCount} of {deployment.DesiredCount} running");
        if (deployment.PendingCount > 0) text += FormattableString.Invariant($", {deployment.PendingCount} pending");
        if (deployment.FailedTasks > 0) text += FormattableString.Invariant($", {deployment.FailedTasks} failed");

        var others = service.Deployments.Where(other => other.Id != deployment.Id).Sum(other => other.RunningCount);
        if (others > 0) text += FormattableString.Invariant($"; {others} of earlier deployments still running");
        if (deployment.RolloutState is { } state) text += $"; rollout {state}";
        return text + ".";
    }
}
