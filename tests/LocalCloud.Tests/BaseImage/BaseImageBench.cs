using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.LocalCloud.BaseImage;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Tests.BaseImage;

/// <summary>The real store in a folder of its own, without the rest of the cloud.</summary>
internal sealed class BaseImageBench : IDisposable
{
    public const string Reference = "127.0.0.1:1/dotnet/aspnet:10.0";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slipway-base-image-");

    public BaseImageBench()
    {
        State = new StateFolder(folder.FullName);
        var ports = new BoundPorts(1, 2);
        Store = new ImageStore(
            new RepositoryStore(State), new BlobStore(State), new OwnRegistry(ports, new RegistryTokens(State, TimeProvider.System)), ports, TimeProvider.System);
        Image = new MachineBaseImage(Store, State, ports, NullLogger<MachineBaseImage>.Instance);
    }

    public StateFolder State { get; }

    public ImageStore Store { get; }

    public MachineBaseImage Image { get; }

    public ResolvedImage Resolved => Store.Resolve(Reference) ?? throw new AssertionException("no base image in the store");

    public JsonNode Config => JsonNode.Parse(Resolved.ConfigJson)!;

    public string RecordFile => Path.Combine(State.Root, "base-image.json");

    public static Dictionary<string, TarEntry> Entries(LayerBlob layer)
    {
        using var packed = new GZipStream(File.OpenRead(layer.File), CompressionMode.Decompress);
        using var tar = new TarReader(packed);
        var entries = new Dictionary<string, TarEntry>(StringComparer.Ordinal);
        while (tar.GetNextEntry(copyData: true) is { } entry) entries.Add(entry.Name, entry);
        return entries;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
