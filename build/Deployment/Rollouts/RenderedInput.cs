using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Settings;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.Rollouts;

/// <summary>What RenderTaskDef left for DeployEcs.</summary>
/// <param name="Artifact">Its record.</param>
/// <param name="Text">The rendered document; null where an existing revision is deployed.</param>
internal sealed record RenderedInput(TaskDefinitionArtifact Artifact, string? Text)
{
    /// <summary>Reads it. What was made of another source, or from before the last push, or was edited since, is a <see cref="SlipwayException"/>.</summary>
    public static RenderedInput Read(DeploymentSettings settings, ArtifactStore store)
    {
        var artifact = store.Read<TaskDefinitionArtifact>();
        var path = store.PathOf(RenderTaskDefinition.RenderedFile);
        if (artifact.Source != settings.TaskDefinition.Kind || artifact.SourceName != settings.TaskDefinition.Text)
            throw Stale(settings, $"The task definition was made of '{artifact.SourceName}', but '{settings.TaskDefinition}' is set now.");
        if (artifact.Sha256 is null) return new RenderedInput(artifact, null);

        var text = store.ReadText(RenderTaskDefinition.RenderedFile);
        if (store.Find<ImageArtifact>() is { } image && image.Uri != artifact.Image)
            throw Stale(settings, $"'{path}' names image '{artifact.Image}', but '{image.Uri}' was pushed since.");
        if (RenderTaskDefinition.Sha256Of(text) != artifact.Sha256)
            throw Stale(settings, $"'{path}' was changed after RenderTaskDef wrote it.");
        return new RenderedInput(artifact, text);
    }

    private static SlipwayException Stale(DeploymentSettings settings, string message) => new(
        ExitCode.PreconditionFailed, message, $"run {BuildCommand.For("RenderTaskDef", settings.Environment)}");
}
