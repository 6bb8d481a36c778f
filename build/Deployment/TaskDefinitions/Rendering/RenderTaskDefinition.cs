using System.Security.Cryptography;
using System.Text;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Json;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>
/// RenderTaskDef's work: the task definition of the repository, checked, with the pushed image written into its
/// container, becomes <c>task-definition.json</c>.
/// </summary>
public sealed class RenderTaskDefinition(DeploymentSettings settings, ArtifactStore store, IReport report)
{
    /// <summary>The rendered document's file beside the artifacts.</summary>
    public const string RenderedFile = "task-definition.json";

    /// <summary>Renders; every finding is told at once. Calls nothing outside of this machine.</summary>
    public TaskDefinitionArtifact Run()
    {
        var image = store.Read<ImageArtifact>();
        var document = TaskDefinitionDocument.ReadOrThrow(settings.TaskDefinition.Text, ReadSource());
        Findings.Apply(
            document.File,
            TaskDefinitionChecks.Check(document, new CheckContext
            {
                Region = settings.Region,
                AccountId = settings.AccountId,
                Containers = settings.Containers,
                ContainerPort = settings.ContainerPort,
            }),
            report);

        var rendered = TaskDefinitionRenderer.Render(document, image.Uri, settings.Containers is [var named, ..] ? named : null);
        Findings.Apply(document.File, rendered.Notes, report);

        store.WriteText(RenderedFile, rendered.Text);
        var artifact = new TaskDefinitionArtifact(
            TaskDefinitionArtifact.CurrentSchema, settings.Environment, image.Fingerprint, rendered.Family, image.Uri, image.Digest,
            Sha256Of(rendered.Text));
        store.Write(artifact);
        report.Fact($"Rendered '{settings.TaskDefinition}' with image '{image.Uri}' in container '{rendered.Container}'.");
        report.Detail($"Written to '{store.PathOf(RenderedFile)}'.");
        return artifact;
    }

    internal static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private byte[] ReadSource()
    {
        var file = new FileInfo(Path.Combine(store.RepositoryRoot, settings.TaskDefinition.Text));
        try
        {
            if (file is { Exists: true, Length: > StrictJsonReader.MaxBytes })
            {
                throw new SlipwayException(
                    ExitCode.InvalidInput,
                    FormattableString.Invariant(
                        $"The task definition '{settings.TaskDefinition}' has {file.Length} bytes; at most {StrictJsonReader.MaxBytes} are read."),
                    "name the right file with --task-definition=<path>");
            }

            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput, $"The task definition '{settings.TaskDefinition}' does not exist.", "name it with --task-definition=<path>", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(
                ExitCode.InvalidInput, $"The task definition '{settings.TaskDefinition}' cannot be read: {error.GetType().Name}.",
                "check that it is a file and its permissions", error);
        }
    }
}
