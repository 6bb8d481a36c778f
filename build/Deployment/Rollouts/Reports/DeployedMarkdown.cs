using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Planning;
using Slipway.Deployment.TaskDefinitions.Comparison;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>What a run built, pushed and deployed, as the second half of a job's page: how it went stands above. Pure.</summary>
public static class DeployedMarkdown
{
    private const int MostCharacters = 60_000;

    /// <summary>The page; null where the run deployed nothing and pushed nothing.</summary>
    /// <param name="results">What the run wrote down.</param>
    /// <param name="differences">Between the task definitions before and after; null where they were not compared.</param>
    /// <param name="links">Where to look.</param>
    public static string? Write(RunResults results, IReadOnlyList<Difference>? differences, IReadOnlyList<ReportLink> links)
    {
        var (image, deployment, outcome) = (results.Image, results.Deployment, results.Outcome);
        if (image is null && deployment is null) return null;

        var page = new MarkdownText(MostCharacters);
        page.Line(deployment is null ? "### What was pushed" : "### What was deployed");
        page.Line();
        page.Line("| | |");
        page.Line("|---|---|");
        Row(page, "Environment", image?.Environment ?? deployment?.Environment);
        if (deployment is not null) Row(page, "Where", $"account {deployment.AccountId}, region {deployment.Region}, cluster {deployment.Cluster}, service {deployment.Service}");
        Row(page, "Image", image?.Uri);
        Row(page, "Tag", image?.Tag);
        Row(page, "Commit", image?.Commit);
        Row(page, "Digests", Chain(results.Build, image, deployment, outcome));
        if (deployment is not null)
        {
            var before = deployment.PreviousTaskDefinitionArn is { } previous && previous != deployment.TaskDefinitionArn ? $", before: {ResourceName.Of(previous)}" : string.Empty;
            Row(page, "Task definition", deployment.TaskDefinitionArn + before);
            Row(page, "Deployment", deployment.NothingToDo ? $"{deployment.DeploymentId}, which was live already" : deployment.DeploymentId);
        }

        if (differences is not null && deployment is { NothingToDo: false })
        {
            page.Line();
            page.Line("### What changed in the task definition");
            page.Line();
            if (differences.Count == 0) page.Line("Nothing.");
            PlanMarkdown.Differences(page, differences);
        }

        var more = links.Except(outcome?.Links ?? []).ToList();
        if (more.Count > 0) page.Line();
        foreach (var link in more) page.Line($"- [{MarkdownText.Escape(link.Name)}]({link.Address})");
        page.Line();
        return page.ToString();
    }

    /// <summary>"built sha256:a → pushed sha256:b → task definition sha256:b → running sha256:b", as far as the run came.</summary>
    private static string? Chain(BuildArtifact? build, ImageArtifact? image, DeploymentArtifact? deployment, OutcomeArtifact? outcome)
    {
        string?[] links =
        [
            build?.Image is { } built ? $"built {built.Id} ({built.Builder})" : null,
            image is null ? null : $"{(build is { Image: null } ? "in the repository already" : "pushed")} {image.Digest}",
            deployment?.ImageDigest is { } deployed ? $"task definition {deployed}" : null,
            outcome?.Images is { Running.Count: > 0 } running ? $"running {string.Join(", ", running.Running)}" : null,
        ];
        var known = links.OfType<string>().ToList();
        return known.Count == 0 ? null : string.Join(" → ", known);
    }

    private static void Row(MarkdownText page, string name, string? value)
    {
        if (value is not null) page.Line($"| {name} | {MarkdownText.Escape(value)} |");
    }
}
