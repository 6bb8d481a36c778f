using Slipway.Deployment.Artifacts;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.Rollouts.Reports;

/// <summary>What a run has written down itself; artifacts of earlier runs are not its results.</summary>
/// <param name="store">Where artifacts are.</param>
/// <param name="since">When the run began, by this machine's clock.</param>
public sealed class RunResults(ArtifactStore store, DateTimeOffset since)
{
    /// <summary>What DockerBuild left.</summary>
    public BuildArtifact? Build => store.FindSince<BuildArtifact>(since);

    /// <summary>What Push left.</summary>
    public ImageArtifact? Image => store.FindSince<ImageArtifact>(since);

    /// <summary>What DeployEcs, or Rollback, left.</summary>
    public DeploymentArtifact? Deployment => store.FindSince<DeploymentArtifact>(since);

    /// <summary>What WaitStable left.</summary>
    public OutcomeArtifact? Outcome => store.FindSince<OutcomeArtifact>(since);

    /// <summary>The names of <see cref="Outputs"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["image", "digest", "task-definition-arn", "deployment-id", "verdict"];

    /// <summary>What the next step of a job may want to know, by <see cref="Names"/>, as far as it is known by now.</summary>
    public IEnumerable<KeyValuePair<string, string>> Outputs()
    {
        var (image, deployment, outcome) = (Image, Deployment, Outcome);
        string?[] values =
        [
            image?.Uri,
            image?.Digest ?? deployment?.ImageDigest ?? outcome?.Images?.Expected,
            deployment?.TaskDefinitionArn ?? outcome?.Deployment.TaskDefinitionArn,
            deployment?.DeploymentId ?? outcome?.Deployment.DeploymentId,
            outcome?.Verdict,
        ];
        return Names.Zip(values, KeyValuePair.Create).Where(known => !string.IsNullOrEmpty(known.Value))!;
    }

    /// <summary>Where to see what was deployed: the service, and the log groups of the task definition that this run rendered.</summary>
    /// <param name="localPage">The page of the embedded cloud; null on AWS.</param>
    public IReadOnlyList<ReportLink> Links(string? localPage)
    {
        if (Outcome is not { } outcome) return [];
        var (arn, region) = (outcome.Deployment.TaskDefinitionArn, outcome.Deployment.Region);
        return [.. outcome.Links, .. LogGroups().Select(group => ConsoleLinks.OfLogGroup(localPage, arn, group.Region ?? region, group.Name)).OfType<ReportLink>()];
    }

    private IEnumerable<LogGroup> LogGroups()
    {
        if (store.FindSince<TaskDefinitionArtifact>(since) is not { Revision: null } || !store.Exists(RenderTaskDefinition.RenderedFile)) return [];
        var text = System.Text.Encoding.UTF8.GetBytes(store.ReadText(RenderTaskDefinition.RenderedFile));
        return TaskDefinitionDocument.Read(RenderTaskDefinition.RenderedFile, text, out _) is { } document
            ? LogGroup.Of(document).DistinctBy(group => (group.Name, group.Region))
            : [];
    }
}
