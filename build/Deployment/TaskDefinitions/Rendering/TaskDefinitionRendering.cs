using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>A document that was rendered and checked.</summary>
/// <param name="Rendered">The document.</param>
/// <param name="Base">The ARN of the live revision that it is made of; null for a file.</param>
/// <param name="Findings">Everything that was found, in the order of the text. An error refuses the document.</param>
public sealed record CheckedTaskDefinition(RenderedTaskDefinition Rendered, string? Base, IReadOnlyList<Finding> Findings);

/// <summary>Reads the settings' source, renders it and checks the result. Writes nothing; calls the cloud only where the source is there, or where the account is asked for.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="repositoryRoot">Where the file is.</param>
/// <param name="cloud">Made when it is first needed.</param>
/// <param name="variable">Looks up an environment variable of the run.</param>
/// <param name="report">Marks where a file's JSON is broken; the findings of a document that could be read are the caller's to tell.</param>
public sealed class TaskDefinitionRendering(
    DeploymentSettings settings, string repositoryRoot, Lazy<TaskDefinitionCloud> cloud, Func<string, string?> variable, IReport report)
{
    /// <summary>Renders a file or the live revision with an image.</summary>
    public async Task<CheckedTaskDefinition> RunAsync(ImageArtifact image, CancellationToken cancellationToken) =>
        settings.TaskDefinition is TaskDefinitionSource.File file
            ? await FromFileAsync(TaskDefinitionFile.Read(repositoryRoot, file.Path, report), image, cancellationToken)
            : await FromLiveAsync(image, cancellationToken);

    private async Task<CheckedTaskDefinition> FromFileAsync(TaskDefinitionDocument source, ImageArtifact image, CancellationToken cancellationToken)
    {
        var account = settings.AccountId ?? (PlaceholderExpansion.Uses(source, "account")
            ? (await cloud.Value.Identity.GetAsync(cancellationToken)).AccountId
            : null);
        var rendered = TaskDefinitionRenderer.Render(source, Request(image) with { Placeholders = new(BuiltIns(image, account), variable) });
        return new CheckedTaskDefinition(rendered, null, All(rendered, image, rendered.Findings));
    }

    private async Task<CheckedTaskDefinition> FromLiveAsync(ImageArtifact image, CancellationToken cancellationToken)
    {
        var live = await new RegisteredRevisions(settings, cloud.Value).FindLiveAsync(cancellationToken);
        var rendered = TaskDefinitionRenderer.Render(live.Document, Request(image));
        var findings = All(rendered, image, [.. live.Findings, .. rendered.Findings]);
        return new CheckedTaskDefinition(
            rendered, live.Arn, InheritedFindings.Soften(findings, TaskDefinitionChecks.Check(live.Document, Context(image))));
    }

    private RenderRequest Request(ImageArtifact image) => new(image.Uri) { Containers = settings.Containers, Changes = settings.Changes };

    private CheckContext Context(ImageArtifact image) => new()
    {
        Region = settings.Region,
        AccountId = settings.AccountId,
        Containers = settings.Containers,
        ContainerPort = settings.ContainerPort,
        Platform = image.Platform,
    };

    // A placeholder without its value breaks other rules, too; they would only repeat it.
    private IReadOnlyList<Finding> All(RenderedTaskDefinition rendered, ImageArtifact image, IReadOnlyList<Finding> ofRendering)
    {
        var open = ofRendering.Where(finding => finding.Rule == RenderRules.Unset || finding.Rule == RenderRules.Malformed)
            .Select(finding => finding.JsonPath).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. ofRendering.Concat(TaskDefinitionChecks.Check(rendered.Document, Context(image)).Where(finding => !open.Contains(finding.JsonPath)))
                .Distinct().OrderBy(finding => finding.Line ?? int.MaxValue).ThenBy(finding => finding.Column),
        ];
    }

    private Dictionary<string, string?> BuiltIns(ImageArtifact image, string? account) => new(StringComparer.Ordinal)
    {
        ["account"] = account,
        ["region"] = settings.Region,
        ["commit"] = image.Commit,
        ["image"] = image.Uri,
        ["image.digest"] = image.Digest,
        ["image.tag"] = image.Tag,
        ["environment"] = settings.Environment,
        ["cluster"] = settings.Cluster,
        ["service"] = settings.Service,
        ["repository"] = settings.Repository,
    };
}
