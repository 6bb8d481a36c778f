using Slipway.Deployment.Images;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Rollouts.Tracking;

/// <summary>Whether a deployment is complete, and whether it runs what it shall run. Pure.</summary>
internal static class RolloutCompletion
{
    private static readonly string NothingRuns =
        $"The desired count is 0: the deployment is complete, and nothing runs. Try: --{SettingsOptions.DesiredCount.Name}=1, "
        + $"or \"{SettingsOptions.DesiredCount.JsonMember}\": 1 in the environment's file.";

    // A digest is of the content: what is named by it and runs is one of the manifests that nobody could read.
    private const string NotCompared =
        "The registry did not tell which manifests the image's index holds, so what runs could not be compared with them; the tasks name the image by its digest.";

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

    /// <summary>Whether as many tasks run as shall, where that is waited for.</summary>
    public static bool RunsAll(Sight sight, DeploymentState deployment) =>
        sight.Goal.Settings.WaitUntil == WaitUntil.Deployed
        || (deployment.RunningCount == deployment.DesiredCount && deployment.DesiredCount == sight.Service.DesiredCount);

    /// <summary>The verdict over a complete deployment, or what is still missing for one.</summary>
    public static RolloutDecision Decide(Sight sight, DeploymentState deployment, string progress) =>
        (sight.Seen.HasCurrentTasks ? Verify(sight.Goal, sight.Seen, deployment) : null)
        ?? new RolloutDecision.KeepWaiting(progress) { NeedsTasks = true };

    /// <summary>The verdict where only a stage is waited for: what runs of the deployment is compared, the rest is still to come.</summary>
    public static RolloutDecision AtStage(Sight sight, string stage)
    {
        string[] note = [$"The deployment has reached the stage {stage} and goes on in ECS."];
        if (sight.Ours is not { } ours || sight.Goal.ImageDigest is not { } digest) return new RolloutDecision.Stable(note);
        if (!sight.Seen.HasCurrentTasks) return new RolloutDecision.KeepWaiting(note[0]) { NeedsTasks = true };
        var decision = Compare(digest, sight.Seen, [.. RunningTasks(sight.Seen.Tasks, ours)]);
        return decision is RolloutDecision.Stable stable ? new RolloutDecision.Stable([.. note, .. stable.Notes]) : decision;
    }

    /// <summary>The verdict over a complete deployment: what runs against what was pushed. Null: the tasks are not shown yet.</summary>
    public static RolloutDecision? Verify(RolloutGoal goal, RolloutObservation observation, DeploymentState deployment)
    {
        if (deployment.DesiredCount == 0)
            return new RolloutDecision.Stable([NothingRuns]);
        if (goal.ImageDigest is null)
            return new RolloutDecision.Stable(["The image was not deployed by digest, so what runs could not be compared with it."]);

        var running = RunningTasks(observation.Tasks, deployment).ToList();
        var enough = goal.Settings.WaitUntil == WaitUntil.Deployed ? Math.Min(1, deployment.RunningCount) : deployment.DesiredCount;
        return running.Count < enough ? null : Compare(goal.ImageDigest, observation, running);
    }

    /// <summary>The running tasks of a deployment.</summary>
    public static IEnumerable<TaskState> RunningTasks(IEnumerable<TaskState> tasks, DeploymentState deployment) =>
        tasks.Where(task => task.IsRunning
            && (task.StartedBy is null ? task.TaskDefinitionArn == deployment.TaskDefinitionArn : task.StartedBy == deployment.Id));

    /// <summary>A task may run the digest itself or, where that is an index, one of the manifests in it.</summary>
    private static RolloutDecision Compare(string digest, RolloutObservation seen, List<TaskState> running)
    {
        string[] accepted = [digest, .. seen.Manifests ?? []];
        var wrong = running.Find(task => Runs(task, digest, accepted) == false);
        if (wrong is null)
        {
            return new RolloutDecision.Stable(running.Exists(task => Runs(task, digest, accepted) is null)
                ? ["Image digest not reported: the cloud does not tell what the tasks run, so it could not be compared."]
                : []);
        }

        var asked = Pinned(wrong, digest);
        if (seen.Manifests is null && ImageToAskFor(wrong, asked, digest) is { } image)
            return new RolloutDecision.KeepWaiting("Comparing the image that runs.") { NeedsManifestsOf = image };
        if (!seen.AreManifestsKnown && asked.Count > 0) return new RolloutDecision.Stable([NotCompared]);
        var digests = string.Join(", ", (asked.Count > 0 ? asked : wrong.Containers).Select(container => container.ImageDigest ?? "unknown"));
        return new RolloutDecision.Failed(new(
            $"The task '{wrong.Id}' does not run the image that was deployed: '{digest}' was expected, '{digests}' runs.",
            "look who else writes to the task definition or the repository, then deploy again")
        { Key = "image-other" });
    }

    /// <summary>True: the containers of the image run it. False: one does not. Null: one does not tell.</summary>
    private static bool? Runs(TaskState task, string digest, string[] accepted)
    {
        // Sidecars are of other images.
        var pinned = Pinned(task, digest);
        if (pinned.Count == 0 && task.Containers.Any(container => accepted.Contains(container.ImageDigest))) return true;
        var asked = pinned.Count > 0 ? pinned : task.Containers;
        if (pinned.Count > 0 && pinned.Any(container => container.ImageDigest is { } found && !accepted.Contains(found))) return false;
        return asked.Any(container => container.ImageDigest is null) ? null : pinned.Count > 0;
    }

    /// <summary>A task definition may name the image by its tag: the digest is of the same repository then.</summary>
    private static string? ImageToAskFor(TaskState task, IReadOnlyList<ContainerState> pinned, string digest)
    {
        if (pinned is [{ Image: { } image }, ..]) return image;
        var named = task.Containers.Select(container => ImageReference.TryParse(container.Image ?? "", out var found) ? found : null);
        return named.FirstOrDefault(found => found is { Host: not null, Digest: null }) is { } byTag ? (byTag with { Tag = null, Digest = digest }).ToString() : null;
    }

    private static IReadOnlyList<ContainerState> Pinned(TaskState task, string digest) =>
        [.. task.Containers.Where(container => container.Image?.EndsWith($"@{digest}", StringComparison.Ordinal) == true)];
}
