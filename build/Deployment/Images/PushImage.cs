using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Images;

/// <summary>The work of Push: the image in the repository, its digest read back from there.</summary>
/// <param name="settings">What the run was told.</param>
/// <param name="store">Has <c>build.json</c>, gets <c>image.json</c>.</param>
/// <param name="logins">Has the login that EcrLogin left.</param>
/// <param name="inputs">Says whether the sources changed since DockerBuild.</param>
/// <param name="registry">Says what the repository has.</param>
/// <param name="repositories">Makes the repository where the run is told to.</param>
/// <param name="registries">Reads manifests, to know an engine's image again.</param>
/// <param name="pushers">One for each builder.</param>
/// <param name="report">Tells a person.</param>
/// <param name="time">Waits between attempts.</param>
public sealed class PushImage(
    DeploymentSettings settings,
    ArtifactStore store,
    ILoginStore logins,
    ImageInputs inputs,
    IImageRegistry registry,
    IImageRepositories repositories,
    RegistryClient registries,
    IReadOnlyList<IImagePusher> pushers,
    IReport report,
    TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    /// <summary>Sends what the repository does not have, and writes <c>image.json</c>. Null with an existing revision, which has its images.</summary>
    public async Task<ImageArtifact?> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.TaskDefinition is TaskDefinitionSource.Revision)
        {
            report.Fact($"Nothing to push: {settings.StartsFrom}.");
            return null;
        }

        var artifact = settings.Image is { } image
            ? await new GivenImage(settings, registry, report).ResolveAsync(image, cancellationToken)
            : await PushAsync(RequireBuild(cancellationToken), cancellationToken);
        store.Write(artifact);
        return artifact;
    }

    private BuildArtifact RequireBuild(CancellationToken cancellationToken)
    {
        var build = store.Read<BuildArtifact>();
        var again = $"run {BuildCommand.For("DockerBuild", settings.Environment)}";
        if (build.Repository != settings.Repository)
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"'{store.PathOf("build.json")}' is of repository '{build.Repository}', and '{settings.Repository}' is set.", again);
        if (build.Sources is not null && build.Sources != inputs.Sources(settings, cancellationToken))
            throw new SlipwayException(
                ExitCode.PreconditionFailed, $"'{store.PathOf("build.json")}' is stale: the sources have changed since DockerBuild.",
                again);
        return build;
    }

    private async Task<ImageArtifact> PushAsync(BuildArtifact build, CancellationToken cancellationToken)
    {
        var repository = await new RequireRepository(settings, registry, repositories, report).RunAsync(cancellationToken);
        var address = $"{repository.Uri}:{build.Tag}";
        var present = await registry.FindDigestAsync(repository.Name, build.Tag, cancellationToken);
        if (build.Image is null)
        {
            report.Fact($"Image '{build.Repository}:{build.Tag}' is already in the repository: nothing to push.");
            return Artifact(build, repository, present ?? throw new SlipwayException(
                ExitCode.PushFailed,
                $"The repository no longer has '{address}', which DockerBuild found there.",
                $"run {BuildCommand.For("DockerBuild", settings.Environment, "--rebuild")}"));
        }

        var login = new Lazy<RegistryLogin>(logins.Read);
        if (present is not null && await IsSameAsync(build.Image, repository, present, login, cancellationToken))
        {
            report.Fact($"Image '{build.Repository}:{build.Tag}' is already in the repository with the same digest: nothing to push.");
            return Artifact(build, repository, present);
        }

        if (present is not null && repository.ImmutableTags)
            throw Immutable(address, present, build.Image);
        if (await SendAsync(build.Image, repository, build.Tag, login.Value, cancellationToken) is { } refusal)
            await RefuseAsync(refusal, build.Image, repository, build.Tag, login, cancellationToken);
        var digest = await ReadBackAsync(build.Image, repository, build.Tag, cancellationToken);
        report.Fact($"Pushed '{address}' ({digest}).");
        return Artifact(build, repository, digest);
    }

    /// <summary>Null where the image is there; else why it is not, after what could be done about that.</summary>
    private async Task<PushRefusal?> SendAsync(
        BuiltImage image, ImageRepository repository, string tag, RegistryLogin login, CancellationToken cancellationToken)
    {
        var (pusher, renewed, pauses) = (PusherFor(image), false, 0);
        while (true)
        {
            var refusal = await pusher.PushAsync(image, repository, tag, login, cancellationToken);
            if (refusal is { Kind: PushRefusalKind.LoginEnded } && !renewed)
            {
                report.Fact($"The registry no longer takes the login ({refusal.Words}): logging in again.");
                login = await registry.LoginAsync(cancellationToken);
                logins.Save(login);
                renewed = true;
            }
            else if (refusal is { Kind: PushRefusalKind.Passing } && pauses < Pauses.Length)
            {
                report.Fact($"The push did not get through ({refusal.Words}): trying again in {Pauses[pauses].TotalSeconds} s.");
                await Task.Delay(Pauses[pauses++], time, cancellationToken);
            }
            else
            {
                return refusal;
            }
        }
    }

    /// <summary>Somebody may have pushed the same image meanwhile; every other refusal is a failure.</summary>
    private async Task RefuseAsync(
        PushRefusal refusal, BuiltImage image, ImageRepository repository, string tag, Lazy<RegistryLogin> login, CancellationToken cancellationToken)
    {
        var address = $"{repository.Uri}:{tag}";
        if (refusal.Kind == PushRefusalKind.TagTaken && await registry.FindDigestAsync(repository.Name, tag, cancellationToken) is { } present)
        {
            if (await IsSameAsync(image, repository, present, login, cancellationToken)) return;
            throw Immutable(address, present, image);
        }

        throw new SlipwayException(ExitCode.PushFailed, $"failed to push '{address}': {refusal.Words}", refusal.Remedy);
    }

    // An archive's id is the manifest's digest. An engine's is, by its image store, the manifest's or the configuration's.
    private async Task<bool> IsSameAsync(
        BuiltImage image, ImageRepository repository, string present, Lazy<RegistryLogin> login, CancellationToken cancellationToken)
    {
        if (image.Id == present)
            return true;
        if (image.Archive is not null || !ImageReference.TryParse($"{repository.Uri}@{present}", out var reference))
            return false;
        try
        {
            return await registries.FindConfigDigestAsync(reference, login.Value, cancellationToken) == image.Id;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            report.Detail($"The manifest of '{reference}' was not read: {e.Message}");
            return false;
        }
    }

    private async Task<string> ReadBackAsync(BuiltImage image, ImageRepository repository, string tag, CancellationToken cancellationToken)
    {
        var digest = await registry.FindDigestAsync(repository.Name, tag, cancellationToken);
        if (digest is null)
            throw new SlipwayException(
                ExitCode.PushFailed, $"The push of '{repository.Uri}:{tag}' ended well, but the repository does not have it.",
                "run the same command");
        if (image.Archive is not null && digest != image.Id)
        {
            throw new SlipwayException(
                ExitCode.PushFailed,
                $"'{repository.Uri}:{tag}' has digest '{digest}', and '{image.Id}' was pushed: somebody else wrote that tag.",
                "run the same command, or choose a tag of your own with --image-tag");
        }

        return digest;
    }

    private IImagePusher PusherFor(BuiltImage image) =>
        // An archive needs no engine to be sent, whoever built it.
        pushers.FirstOrDefault(p => p.Builder == (image.Archive is null ? image.Builder : "sdk")) ?? throw new SlipwayException(
            ExitCode.PreconditionFailed,
            $"The image was built with '{image.Builder}', which is not available here.",
            $"run {BuildCommand.For("DockerBuild", settings.Environment)}");

    private static SlipwayException Immutable(string address, string present, BuiltImage image) => new(
        ExitCode.PushFailed,
        $"The tag '{address}' cannot be written again: its repository is immutable.\n  in the repository: {present}\n  on this machine:   {image.Id}",
        "leave out --rebuild to use the image that is there, or choose another tag with --image-tag");

    private ImageArtifact Artifact(BuildArtifact build, ImageRepository repository, string digest) => new(
        ImageArtifact.CurrentSchema, settings.Environment, build.Fingerprint, repository.Name, build.Tag, digest,
        $"{repository.Uri}@{digest}", build.Platform, build.Commit);
}
