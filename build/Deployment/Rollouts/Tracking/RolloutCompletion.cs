using Slipway.Deployment.Services;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Whether a deployment is complete, and whether it runs what it shall run. Pure.</summary>
internal static class RolloutCompletion
{
    /// <summary>ECS calls it complete (or, on a cloud without rollout states, it is the only one), and every task that shall run does.</summary>
    public static bool IsComplete(ServiceState service, DeploymentState deployment)
    {
        var others = service.Deployments.Where(other => other.Id != deployment.Id).ToList();
        var isEnded = deployment.RolloutState is null ? others.Count == 0 : deployment.IsCompleted;
        return isEnded
            && deployment.IsPrimary
            && deployment.RunningCount == deployment.DesiredCount
            && deployment.DesiredCount == service.DesiredCount
            && service.RunningCount == service.DesiredCount
            && service.PendingCount == 0
            && others.TrueForAll(other => other.RunningCount == 0);
    }

    /// <summary>The verdict over a complete deployment: what runs against what was pushed. Null: the tasks are not shown yet.</summary>
    public static RolloutDecision? Verify(RolloutGoal goal, RolloutObservation observation, DeploymentState deployment)
    {
        if (deployment.DesiredCount == 0)
            return new RolloutDecision.Stable(["The desired count is 0: the deployment is complete, and nothing runs."]);
        if (goal.ImageDigest is null)
            return new RolloutDecision.Stable(["The image was not deployed by digest, so what runs could not be compared with it."]);

        var running = RunningTasks(observation.Tasks, deployment).ToList();
        if (running.Count < deployment.DesiredCount) return null;

        var wrong = running.Find(task => Compare(task, goal.ImageDigest) == false);
        if (wrong is not null)
        {
            var digests = string.Join(", ", wrong.Containers.Select(container => container.ImageDigest ?? "unknown"));
            return new RolloutDecision.Failed(new(
                $"The task '{wrong.Id}' does not run the image that was deployed: '{goal.ImageDigest}' was expected, '{digests}' runs.",
                "look who else writes to the task definition or the repository, then deploy again"));
        }

        return new RolloutDecision.Stable(running.Exists(task => Compare(task, goal.ImageDigest) is null)
            ? ["The cloud does not tell the image digests of the tasks, so they could not be compared."]
            : []);
    }

    /// <summary>The running tasks of a deployment.</summary>
    public static IEnumerable<TaskState> RunningTasks(IEnumerable<TaskState> tasks, DeploymentState deployment) =>
        tasks.Where(task => task.IsRunning
            && (task.StartedBy is null ? task.TaskDefinitionArn == deployment.TaskDefinitionArn : task.StartedBy == deployment.Id));

    /// <summary>True: a container runs the digest. False: none does. Null: the one that should does not tell.</summary>
    private static bool? Compare(TaskState task, string digest)
    {
        if (task.Containers.Any(container => container.ImageDigest == digest)) return true;
        var pinned = task.Containers.Where(container => container.Image?.EndsWith($"@{digest}", StringComparison.Ordinal) == true).ToList();
        var asked = pinned.Count > 0 ? pinned : [.. task.Containers];
        return asked.Exists(container => container.ImageDigest is null) ? null : false;
    }
}
