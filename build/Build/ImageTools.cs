using Cake.Core;
using Slipway.Build.Docker;
using Slipway.Build.Output;
using Slipway.Deployment.Images;
using Slipway.Deployment.Processes;

namespace Slipway.Build;

/// <summary>What builds and sends images on this machine: Docker's commands and the SDK's.</summary>
internal sealed class ImageTools(ICakeContext cake, IProcessRunner processes, ConsoleReport report, RepositoryRoot root, TimeProvider time)
{
    private DockerEngine Engine { get; } = new(processes, time);

    public DockerImageBuilder DockerBuilder => new(cake, Engine, processes, report, root);

    public DockerLoginCheck DockerLogin => new(cake, Engine, report, root);

    public DockerImagePusher DockerPusher(string configFolder) => new(cake, Engine, report, root, configFolder);

    public ImageInputs Inputs(RegistryClient registries, IImageRegistry registry) => new(root.FullPath, processes, registries, time, report, registry);

    public Task<IImageBuilder> ChooseBuilderAsync(ImageBuilderKind kind, CancellationToken cancellationToken) => BuilderChoice.MakeAsync(
        kind, DockerBuilder, new SdkImageBuilder(root.FullPath, processes, report), Engine.ProbeAsync, report, cancellationToken);
}
