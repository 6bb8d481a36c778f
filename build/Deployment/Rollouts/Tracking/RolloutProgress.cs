using Slipway.Deployment.Reporting;
using Slipway.Deployment.Rollouts.Failures;
using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>The present state of a deployment in one line.</summary>
internal static class RolloutProgress
{
    private const int MostOfAnEvent = 160;

    /// <summary>With what holds pending tasks up and is no failure.</summary>
    public static string Describe(Sight sight, DeploymentState ours)
    {
        var text = Describe(sight.Service, ours);
        if (ours.PendingCount == 0 && ours.RunningCount >= ours.DesiredCount) return text;
        var pulling = sight.Seen.Tasks.Count(task => task is { IsStopped: false, PullStartedAt: not null, PullStoppedAt: null } && task.StartedBy == ours.Id);
        if (pulling > 0) text += FormattableString.Invariant($" Pulling the image for {(pulling == 1 ? "1 task" : $"{pulling} tasks")}.");
        var newest = sight.Service.Events.FirstOrDefault(happened => sight.Begin is null || happened.At >= sight.Begin);
        var isWaiting = newest is not null && FailureCatalogue.Find(newest.Message, null, FailureSource.Event) is { HopelessAfter: null };
        return isWaiting ? $"{text} ECS tries again: {PlainText.Of(newest!.Message, MostOfAnEvent)}" : text;
    }

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
