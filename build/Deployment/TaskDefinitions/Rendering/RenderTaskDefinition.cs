using System.Security.Cryptography;
using System.Text;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>
/// RenderTaskDef's work: a task definition, rendered and checked, becomes <c>task-definition.json</c>. An existing revision
/// is looked up instead, and nothing is rendered.
/// </summary>
public sealed class RenderTaskDefinition(
    DeploymentSettings settings, ArtifactStore store, Lazy<TaskDefinitionCloud> cloud, Func<string, string?> variable, IReport report)
{
    /// <summary>The rendered document's file beside the artifacts.</summary>
    public const string RenderedFile = "task-definition.json";

    /// <summary>Renders; every finding is told at once. From a file it calls nothing outside of this machine, unless <c>${account}</c> asks for it.</summary>
    public async Task<TaskDefinitionArtifact> RunAsync(CancellationToken cancellationToken)
    {
        var artifact = settings.TaskDefinition is TaskDefinitionSource.Revision revision
            ? await FindAsync(revision, cancellationToken)
            : await RenderAsync(cancellationToken);
        store.Write(artifact);
        return artifact;
    }

    internal static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<TaskDefinitionArtifact> RenderAsync(CancellationToken cancellationToken)
    {
        var image = store.Read<ImageArtifact>();
        var (rendered, source, findings) = await new TaskDefinitionRendering(settings, store.RepositoryRoot, cloud, variable, report)
            .RunAsync(image, cancellationToken);
        var name = source is null ? settings.TaskDefinition.Text : rendered.Document.File;
        Findings.Apply(name, findings, report);

        store.WriteText(RenderedFile, rendered.Text);
        var containers = string.Join(", ", rendered.Containers.Select(container => $"'{container}'"));
        report.Fact($"Rendered '{name}' with image '{image.Uri}' in container {containers}.");
        report.Detail($"Written to '{store.PathOf(RenderedFile)}'.");
        return Artifact(image.Fingerprint, source, rendered.Family, image.Uri, image.Digest, Sha256Of(rendered.Text));
    }

    private async Task<TaskDefinitionArtifact> FindAsync(TaskDefinitionSource.Revision revision, CancellationToken cancellationToken)
    {
        var revisions = new RegisteredRevisions(settings, cloud.Value);
        var found = await revisions.FindAsync(revision.Name, cancellationToken);
        var digest = await revisions.FindDigestAsync(found.Document, cancellationToken);

        // What an earlier run rendered is not what will be deployed.
        store.Remove(RenderedFile);
        report.Fact($"Nothing to render: {settings.StartsFrom}.");
        var unused = settings.Changes.Named.Select(change => $"'{change.Option}'").Distinct().ToList();
        if (unused.Count > 0) report.Fact($"The settings {string.Join(", ", unused)} of the environment's file are not applied to it.");
        return Artifact(null, found.Arn, found.Document.Family ?? string.Empty, null, digest, null);
    }

    private TaskDefinitionArtifact Artifact(string? fingerprint, string? revision, string family, string? image, string? digest, string? sha256) =>
        new(TaskDefinitionArtifact.CurrentSchema, settings.Environment, fingerprint, settings.TaskDefinition.Kind, settings.TaskDefinition.Text,
            revision, family, image, digest, sha256);
}
