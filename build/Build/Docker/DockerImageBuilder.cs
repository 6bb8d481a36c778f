using Cake.Core;
using Slipway.Build.Output;
using Slipway.Deployment;
using Slipway.Deployment.Images;
using Slipway.Deployment.Processes;

namespace Slipway.Build.Docker;

/// <summary>Builds with the Docker CLI: <c>dotnet publish</c> makes the build context, the Dockerfile the image.</summary>
public sealed class DockerImageBuilder(
    ICakeContext cake, DockerEngine engine, Deployment.Processes.IProcessRunner processes, ConsoleReport report, RepositoryRoot root) : IImageBuilder
{
    /// <inheritdoc />
    public string Name => "docker";

    /// <inheritdoc />
    public async Task<BuiltImage> BuildAsync(ImageBuildRequest request, CancellationToken cancellationToken)
    {
        var several = ImagePlatforms.AreSeveral(request.Platform);
        var buildx = await engine.HasBuildxAsync(cancellationToken).ConfigureAwait(false);
        if (several && !buildx)
        {
            throw new SlipwayException(
                ExitCode.PreconditionFailed,
                $"An image for {request.Platform} needs Docker's plugin 'buildx', which is not here.",
                "install it (docker-buildx or docker-buildx-plugin), or build without an engine: --builder=sdk");
        }

        var folder = await PublishAsync(request, cancellationToken).ConfigureAwait(false);
        using var login = BaseImageConfig.CreateFrom(root.FullPath, request, DockerEngine.UserConfiguration);
        var environment = login is null ? [] : await engine.IsolatedWithBuildersAsync(login.Folder, cancellationToken).ConfigureAwait(false);
        var reference = $"{request.Repository}:{request.Tag}";
        var archive = several ? $"artifacts/images/{request.Tag}.tar" : null;
        if (archive is not null) Directory.CreateDirectory(root.Combine("artifacts", "images"));
        report.Progress($"docker build {reference} ...");
        var transcript = new DockerTranscript("docker-build", root, report);
        var call = new DockerBuildCall(request, reference, root.Combine(request.Dockerfile), folder, environment, archive is null ? null : root.Combine(archive));
        await transcript.RunAsync(
            () => call.Run(cake, buildx, transcript),
            ExitCode.BuildFailed,
            $"'docker build' of '{reference}' failed.",
            Remedy(request, several),
            cancellationToken).ConfigureAwait(false);

        Directory.Delete(folder, recursive: true);
        return archive is null
            ? new BuiltImage(Name, reference, null, await FindAsync(reference, cancellationToken).ConfigureAwait(false))
            : new BuiltImage(Name, null, archive, DigestOf(archive));
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(BuiltImage image, CancellationToken cancellationToken) => image.Archive is { } archive
        ? ImageArchive.Holds(root.Combine(archive), image.Id)
        : image.LocalReference is { } reference && await engine.FindImageAsync(reference, cancellationToken).ConfigureAwait(false) == image.Id;

    private async Task<string> FindAsync(string reference, CancellationToken cancellationToken) =>
        await engine.FindImageAsync(reference, cancellationToken).ConfigureAwait(false)
        ?? throw new SlipwayException(
            ExitCode.BuildFailed,
            $"'docker build' ended well, and the engine has no image '{reference}'.",
            "check that the builder loads its result into the engine ('docker buildx ls')");

    private string DigestOf(string archive)
    {
        try
        {
            return ImageArchive.DigestOf(root.Combine(archive));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new SlipwayException(
                ExitCode.BuildFailed, $"'docker buildx build' ended well, but left no proper archive '{archive}': {exception.Message}", "build again with --rebuild", exception);
        }
    }

    private static string Remedy(ImageBuildRequest request, bool several)
    {
        var look = request.BaseImage is null ? "read the output above" : $"read the output above; the base image is '{request.BaseImage}'";
        return several ? $"{look}; several platforms need a builder of their own: docker buildx create --use --driver=docker-container" : look;
    }

    private async Task<string> PublishAsync(ImageBuildRequest request, CancellationToken cancellationToken)
    {
        report.Progress($"dotnet publish {request.ProjectFile} ...");
        var folder = Path.Combine("artifacts", "publish", request.Tag);
        if (Directory.Exists(root.Combine(folder))) Directory.Delete(root.Combine(folder), recursive: true);
        var result = await processes.RunAsync(
            new ProcessRequest(
                "dotnet",
                [
                    "publish", request.ProjectFile, "--nologo", "-nodeReuse:false", "-c", "Release", "-o", folder, MSBuildProperty.Argument("InformationalVersion", request.Version), "-p:IncludeSourceRevisionInInformationalVersion=false",
                    MSBuildProperty.Argument("ArtifactsPath", root.Combine("artifacts", "image-build")), "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false",
                ])
            {
                LogName = "dotnet-publish",
                Environment = DotNetEnvironment.Variables,
            },
            cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0) return root.Combine(folder);
        report.Block(result.Output);
        throw new SlipwayException(
            ExitCode.BuildFailed,
            $"'dotnet publish {request.ProjectFile}' failed with exit code {result.ExitCode}. The whole output is in '{result.LogFile}'.",
            "correct the errors above");
    }
}
