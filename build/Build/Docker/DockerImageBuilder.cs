using Cake.Core;
using Cake.Docker;
using Slipway.Build.Output;
using Slipway.Build.Testing;
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
        var folder = await PublishAsync(request, cancellationToken).ConfigureAwait(false);
        var reference = $"{request.Repository}:{request.Tag}";
        report.Progress($"docker build {reference} ...");
        var transcript = new DockerTranscript("docker-build", root, report);
        var buildx = await engine.HasBuildxAsync(cancellationToken).ConfigureAwait(false);
        await transcript.RunAsync(
            () => Build(request, reference, folder, buildx, transcript),
            ExitCode.BuildFailed,
            $"'docker build' of '{reference}' failed.",
            request.BaseImage is null ? "read the output above" : $"read the output above; the base image is '{request.BaseImage}'",
            cancellationToken).ConfigureAwait(false);

        var id = await engine.FindImageAsync(reference, cancellationToken).ConfigureAwait(false)
            ?? throw new SlipwayException(
                ExitCode.BuildFailed,
                $"'docker build' ended well, and the engine has no image '{reference}'.",
                "check that the builder loads its result into the engine ('docker buildx ls')");
        Directory.Delete(folder, recursive: true);
        return new BuiltImage(Name, reference, null, id);
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(BuiltImage image, CancellationToken cancellationToken) =>
        image.LocalReference is { } reference && await engine.FindImageAsync(reference, cancellationToken).ConfigureAwait(false) == image.Id;

    private void Build(ImageBuildRequest request, string reference, string folder, bool buildx, DockerTranscript transcript)
    {
        string[]? arguments = request.BaseImage is null ? null : [$"BASE_IMAGE={request.BaseImage}"];
        string[] labels = [.. request.Labels.Select(label => $"{label.Key}={label.Value}")];
        var file = root.Combine(request.Dockerfile);
        if (buildx)
        {
            var settings = new DockerBuildXBuildSettings
            {
                BuildArg = arguments,
                File = file,
                Label = labels,
                Platform = [request.Platform],
                Tag = [reference],
                Load = true,
                EnvironmentVariables = new Dictionary<string, string> { ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1" },
            };
            // Unlike the path of DockerBuild, this one goes to the command line as it is.
            cake.DockerBuildXBuild(transcript.Attach(settings), $"\"{folder}\"");
        }
        else
        {
            var settings = new DockerImageBuildSettings
            {
                BuildArg = arguments,
                File = file,
                Label = labels,
                Platform = request.Platform,
                Tag = [reference],
            };
            cake.DockerBuild(transcript.Attach(settings), folder);
        }
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
                    "publish", request.ProjectFile, "--nologo", "-nodeReuse:false", "-c", "Release", "-o", folder, $"-p:InformationalVersion={request.Version}", "-p:IncludeSourceRevisionInInformationalVersion=false",
                    $"-p:ArtifactsPath={root.Combine("artifacts", "image-build")}", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false",
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
