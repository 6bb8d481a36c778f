using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Slipway.LocalCloud.Images;

namespace Slipway.LocalCloud.Tests.Runtime;

/// <summary>Layers made by hand, hostile ones included.</summary>
internal sealed class LayerBuilder
{
    private readonly List<PaxTarEntry> entries = [];

    public LayerBuilder File(string name, string text = "text", UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        entries.Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), Mode = mode });
        return this;
    }

    public LayerBuilder Add(TarEntryType type, string name, string? link = null)
    {
        var entry = new PaxTarEntry(type, name) { Mode = (UnixFileMode)0b111_101_101 };
        if (link is not null) entry.LinkName = link;
        entries.Add(entry);
        return this;
    }

    public LayerBlob Write(string folder, bool gzip = true)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.layer");
        using (var file = System.IO.File.Create(path))
        using (Stream content = gzip ? new GZipStream(file, CompressionLevel.Fastest) : file)
        using (var writer = new TarWriter(content, TarEntryFormat.Pax))
            entries.ForEach(writer.WriteEntry);
        return new LayerBlob("sha256:test", "application/vnd.oci.image.layer.v1.tar+gzip", path);
    }
}
