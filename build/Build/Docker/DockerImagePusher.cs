using Cake.Core;
using Cake.Docker;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Images;

namespace Slipway.Build.Docker;

/// <summary>Pushes with the Docker CLI and the isolated configuration that EcrLogin left; the user's own logins are not touched.</summary>
public sealed class DockerImagePusher(ICakeContext cake, DockerEngine engine, ConsoleReport report, RepositoryRoot root, string configFolder)
    : IImagePusher
{
    /// <inheritdoc />
    public string Builder => "docker";

    /// <inheritdoc />
    public async Task<PushRefusal?> PushAsync(
        BuiltImage image, ImageRepository repository, string tag, RegistryLogin login, CancellationToken cancellationToken)
    {
        var target = $"{repository.Uri}:{tag}";
        var source = image.LocalReference ?? throw new SlipwayException(
            ExitCode.PreconditionFailed, "The built image is an archive, which 'docker push' cannot send.", "run ./build.sh --target=DockerBuild --exclusive again");
        var environment = await engine.IsolatedAsync(configFolder, cancellationToken).ConfigureAwait(false);
        report.Progress($"docker push {target} ...");
        var transcript = new DockerTranscript("docker-push", root, report);
        var output = await transcript.TryRunAsync(
            () =>
            {
                cake.DockerTag(source, target);
                cake.DockerPush(transcript.Attach(new DockerImagePushSettings { EnvironmentVariables = environment }), target);
            },
            cancellationToken).ConfigureAwait(false);
        if (output is null) return null;
        var refusal = PushRefusals.Read(output);
        return refusal with { Words = $"{refusal.Words} (the whole output is in '{transcript.LogFile}')" };
    }
}
