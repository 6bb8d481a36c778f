using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>Makes the base image of this machine's own .NET, or an empty one with its labels.</summary>
internal sealed class MachineBaseImage(IImageStore store, StateFolder state, BoundPorts ports, ILogger<MachineBaseImage> log) : IBaseImage
{
    public const string Repository = "dotnet/aspnet";
    public const string Tag = "10.0";

    private const string RecordName = "base-image.json";

    private readonly DotnetInstallation? dotnet = DotnetInstallation.OfThisProcess();

    /// <inheritdoc />
    public string? Obstacle => !OperatingSystem.IsLinux() ? "containers need a Linux .NET runtime, and this machine's is for another system"
        : dotnet is null ? "this process does not run on a shared .NET installation that could be copied into an image"
        : null;

    /// <inheritdoc />
    public async Task EnsureAsync(bool full, CancellationToken cancellationToken)
    {
        if (full && Obstacle is { } obstacle) throw new BaseImageException($"No base image for containers: {obstacle}. Try: run tasks as processes, or name a base image in the settings.");
        var version = full ? $"{dotnet!.Runtime}+{dotnet.AspNet}" : "empty";
        if (state.Read<BaseImageRecord>(RecordName) is { Inputs: not null } before
            && before.StillTrue(version, full) && store.Resolve($"{ports.Registry}/{Repository}:{Tag}")?.Digest == before.Digest) return;

        var work = state.Folder("base-image");
        try
        {
            var contents = full ? await FullAsync(cancellationToken) : [ImageContent.Skeleton()];
            // Looked at before the copy: what changes meanwhile is made anew at the next start.
            var inputs = contents.SelectMany(ImageContent.Sources).Distinct(StringComparer.Ordinal).Select(InputFile.Of).OfType<InputFile>().ToList();
            var digest = await StoreAsync(work, full ? dotnet : null, contents, cancellationToken);
            state.Write(RecordName, new BaseImageRecord(BaseImageRecord.CurrentSchema, version, full, digest, inputs));
            log.LogInformation("Base image {Repository}:{Tag} is {Digest} ({Version})", Repository, Tag, digest, version);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BaseImageException($"The base image '{Repository}:{Tag}' could not be written: {exception.Message} Try: free space, or another state folder.", exception);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<ImageEntry>>> FullAsync(CancellationToken cancellationToken)
    {
        var application = ImageContent.Dotnet(dotnet!);
        var native = ImageContent.Sources(application).Where(IsNative).ToList();
        var libraries = await NativeLibraries.ClosureAsync(native, cancellationToken);
        // .NET's libraries name each other too; those are in the second layer.
        var system = libraries.Where(library => !library.StartsWith(dotnet!.Root + '/', StringComparison.Ordinal));
        return [ImageContent.System(system), application];

        static bool IsNative(string file) => Path.GetExtension(file) is ".so" or "";
    }

    private async Task<string> StoreAsync(
        string work, DotnetInstallation? runtime, IReadOnlyList<IReadOnlyList<ImageEntry>> contents, CancellationToken cancellationToken)
    {
        List<LayerFile> layers = [];
        foreach (var entries in contents)
        {
            var layer = await LayerFile.WriteAsync(Path.Combine(work, Path.GetRandomFileName()), entries, cancellationToken);
            await store.AddBlobAsync(layer.File, cancellationToken);
            layers.Add(layer);
        }

        var config = ImageDocuments.Config(runtime, layers);
        var file = Path.Combine(work, Path.GetRandomFileName());
        await File.WriteAllBytesAsync(file, config, cancellationToken);
        var configDigest = await store.AddBlobAsync(file, cancellationToken);
        return store.AddManifest(Repository, Tag, ImageDocuments.ManifestType, ImageDocuments.Manifest(configDigest, config.Length, layers));
    }
}
