namespace Slipway.Deployment.Planning;

/// <summary>How a line of a plan is marked.</summary>
public enum PlanMark
{
    /// <summary>Stays as it is.</summary>
    Same,

    /// <summary>Comes to be.</summary>
    New,

    /// <summary>Becomes another.</summary>
    Changed,

    /// <summary>Is not known.</summary>
    Unknown,
}

/// <summary>A plan in sentences, for every form in which it is shown. Pure.</summary>
public static class PlanWords
{
    /// <summary>The whole plan in a few words.</summary>
    public static string Verdict(DeploymentPlan plan)
    {
        if (plan.Problems.Count == 1) return "Deploy would fail: there is a problem.";
        if (plan.Problems.Count > 1) return FormattableString.Invariant($"Deploy would fail: there are {plan.Problems.Count} problems.");
        if (!plan.HasChanges) return "Nothing to do: Deploy would change nothing.";
        var gate = plan.Calls.Any(call => call.Operation == "ecs:RunTask") ? "run the pre-deploy task" : null;
        var changes = new[] { Push(plan.Image), Register(plan.TaskDefinition), gate, plan.Service is { IsUpdated: true } service ? $"update service '{service.Name}'" : null };
        return $"Deploy would {string.Join(", ", changes.OfType<string>())}.";
    }

    /// <summary>What happens to the image.</summary>
    public static (PlanMark Mark, string Text) Image(DeploymentPlan plan)
    {
        if (plan.Image is not { } image) return (PlanMark.Unknown, Unknown(plan, "DockerBuild", "Push", "EcrLogin") ?? "The revision's own: nothing is built or pushed.");
        return image.Change switch
        {
            ImageChange.Given => (PlanMark.Same, $"'{image.Name}' is given: {image.Digest ?? PendingDigest.Words}."),
            ImageChange.Present => (PlanMark.Same, $"'{image.Name}' is in the repository: {image.Digest ?? PendingDigest.Words}."),
            ImageChange.Push => (PlanMark.New, $"'{image.Name}' is built ({image.Builder}, {image.Platform}) and would be pushed: {image.Digest ?? PendingDigest.Words}."),
            _ => (PlanMark.New, $"'{image.Name}' would be built ({image.Builder}, {image.Platform}) and pushed {PendingDigest.Words}."),
        };
    }

    /// <summary>What happens to the task definition.</summary>
    public static (PlanMark Mark, string Text) TaskDefinition(DeploymentPlan plan)
    {
        if (plan.TaskDefinition is not { } definition) return (PlanMark.Unknown, Unknown(plan, "RenderTaskDef", "DeployEcs", "Push") ?? "Not known.");
        return definition.Change switch
        {
            TaskDefinitionChange.Unchanged => (PlanMark.Same, $"'{definition.Wanted}' is unchanged."),
            TaskDefinitionChange.Existing => (PlanMark.Changed, $"'{definition.Wanted}' is registered already and takes the place of '{definition.Live ?? "what cannot be read"}'."),
            TaskDefinitionChange.Register => (PlanMark.Changed, $"'{definition.Wanted}' would be registered (ECS gives the number) and take the place of '{definition.Live ?? "what cannot be read"}'."),
            _ => (PlanMark.Unknown, $"Family '{definition.Family}' is compared with nothing, because {Cause(plan, "DeployEcs") ?? "there is nothing live"}."),
        };
    }

    /// <summary>What happens to the service.</summary>
    public static IReadOnlyList<(PlanMark Mark, string Text)> Service(DeploymentPlan plan)
    {
        if (plan.Service is not { } service) return [(PlanMark.Unknown, Unknown(plan, "DeployEcs", "RenderTaskDef") ?? "Not known.")];
        var revision = service.Wanted is null ? (PlanMark.Unknown, $"revision: '{service.Live}' now; the next one is not known")
            : service.Wanted == service.Live ? (PlanMark.Same, $"revision: '{service.Live}'")
            : (PlanMark.Changed, $"revision: '{service.Live}' -> '{service.Wanted}'");
        var count = service.DesiredCount == service.WantedCount ? (PlanMark.Same, FormattableString.Invariant($"desired count: {service.DesiredCount}"))
            : (PlanMark.Changed, FormattableString.Invariant($"desired count: {service.DesiredCount} -> {service.WantedCount}"));
        return service.IsUpdated && service.Wanted == service.Live && service.DesiredCount == service.WantedCount
            ? [revision, count, (PlanMark.Changed, "updated to the same again: it is not stable, or its tasks run another image")]
            : [revision, count];
    }

    /// <summary>How a call is shown before its name.</summary>
    public static string Kind(PlannedCall call) => call.Writes ? "WRITES" : "reads";

    private static string? Unknown(DeploymentPlan plan, params ReadOnlySpan<string> targets) =>
        Cause(plan, targets) is { } cause ? $"Not known, because {cause}." : null;

    private static string? Cause(DeploymentPlan plan, params ReadOnlySpan<string> targets)
    {
        foreach (var target in targets)
        {
            if (plan.Problems.Any(problem => problem.Target == target)) return $"{target} would fail";
        }

        return plan.Problems is [var first, ..] ? $"{first.Target} would fail" : null;
    }

    private static string? Push(ImagePlan? image) => image?.Change switch
    {
        ImageChange.Build => $"build and push '{image.Name}'",
        ImageChange.Push => $"push '{image.Name}'",
        _ => null,
    };

    private static string? Register(TaskDefinitionPlan? definition) =>
        definition?.Change == TaskDefinitionChange.Register ? $"register '{definition.Wanted}'" : null;
}
