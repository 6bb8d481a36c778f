using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Images;

/// <summary>The work of DockerBuild: an image of the present sources on this machine, or the knowledge that there is one.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="store">Where <c>build.json</c> goes.</param>
/// <param name="builder">Builds.</param>
/// <param name="inputs">Says what the image is made of.</param>
/// <param name="registry">Asked whether it has the image already; null where it cannot be asked.</param>
/// <param name="report">Tells a person.</param>
public sealed class BuildImage(
    DeploymentSettings settings, ArtifactStore store, IImageBuilder builder, ImageInputs inputs, IImageRegistry? registry, IReport report)
{
    /// <summary>Builds where something changed. Null with <c>--image</c> and with an existing revision, where there is nothing to build.</summary>
    public async Task<BuildArtifact?> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.StartsFrom is { } start)
        {
            report.Fact($"Nothing to build: {start}.");
            return null;
        }

        RequireFiles();
        var facts = await inputs.ReadAsync(settings, builder.Name, cancellationToken);
        var artifact = await ReuseAsync(facts, cancellationToken) ?? await BuildAsync(facts, cancellationToken);
        store.Write(artifact);
        return artifact;
    }

    private async Task<BuildArtifact?> ReuseAsync(ImageFacts facts, CancellationToken cancellationToken)
    {
        if (settings.Rebuild)
            return null;
        var former = store.Find<BuildArtifact>();
        if (former is not null && former.Fingerprint == facts.Fingerprint && former.Repository == settings.Repository
            && (settings.ImageTag ?? former.Tag) == former.Tag)
        {
            if (former.Image is { } image && image.Builder == builder.Name && await builder.ExistsAsync(image, cancellationToken))
            {
                report.Fact($"Image '{former.Repository}:{former.Tag}' is unchanged: nothing to build.");
                return former;
            }

            // The same image under the tag of the commit that it was first built at.
            if (settings.ImageTag is null && await IsInRegistryAsync(former.Tag, cancellationToken))
            {
                report.Fact($"Image '{former.Repository}:{former.Tag}' is unchanged and in the repository: nothing to build.");
                return former with { Image = null };
            }
        }

        // A tag that a person chose says nothing of what is in the image.
        var tag = ImageTag.Of(facts.Git.Commit, facts.Fingerprint);
        if (settings.ImageTag is not null || !await IsInRegistryAsync(tag, cancellationToken))
            return null;
        report.Fact($"Image '{settings.Repository}:{tag}' is already in the repository: nothing to build.");
        return Artifact(facts, tag, null);
    }

    private async Task<BuildArtifact> BuildAsync(ImageFacts facts, CancellationToken cancellationToken)
    {
        var tag = settings.ImageTag ?? ImageTag.Of(facts.Git.Commit, facts.Fingerprint);
        report.Progress($"Building '{settings.Repository}:{tag}' with {builder.Name}");
        var request = new ImageBuildRequest(
            settings.Repository, tag, settings.Project, settings.Dockerfile, facts.BaseImage, settings.Platform, Labels(facts, tag), tag)
        {
            BaseLogin = facts.BaseLogin,
        };
        var image = await builder.BuildAsync(request, cancellationToken);
        report.Fact($"Image '{settings.Repository}:{tag}' is built ({builder.Name}, {settings.Platform}).");
        return Artifact(facts, tag, image);
    }

    private BuildArtifact Artifact(ImageFacts facts, string tag, BuiltImage? image) => new(
        BuildArtifact.CurrentSchema, settings.Environment, facts.Fingerprint, facts.Sources, settings.Repository, tag, settings.Platform,
        facts.Git.Commit, facts.Git.Dirty, image);

    private static Dictionary<string, string> Labels(ImageFacts facts, string tag)
    {
        var labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.version"] = tag,
            ["slipway.fingerprint"] = facts.Fingerprint,
        };
        if (facts.Git.Commit is { } commit)
        {
            labels["org.opencontainers.image.revision"] = commit;
            labels["slipway.dirty"] = facts.Git.Dirty ? "true" : "false";
        }

        return labels;
    }

    private async Task<bool> IsInRegistryAsync(string tag, CancellationToken cancellationToken)
    {
        if (registry is null)
            return false;
        try
        {
            return await registry.FindDigestAsync(settings.Repository, tag, cancellationToken) is not null;
        }
        catch (SlipwayException e)
        {
            // Building needs no registry; Push will say what is wrong with it.
            report.Detail($"The repository was not asked for '{tag}': {e.Message}");
            return false;
        }
    }

    private void RequireFiles()
    {
        if (builder.Name == "docker" && !File.Exists(Path.Combine(store.RepositoryRoot, settings.Dockerfile)))
        {
            throw new SlipwayException(
                ExitCode.InvalidInput,
                $"The Dockerfile '{settings.Dockerfile}' is missing.",
                "name it with --dockerfile, or build without one: --builder=sdk");
        }
    }
}
