using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.Images;

/// <summary>Puts archives of one platform each together as an index: an archive whose root lists a manifest for each platform.</summary>
internal static class IndexArchive
{
    /// <summary>Writes it; the same images give the same bytes.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="images">Platform ("linux/arm64") and archive of each, in the order in which the index lists them.</param>
    /// <param name="cancellationToken">Ends the writing; the file may be partial then.</param>
    /// <returns>The index's digest.</returns>
    public static async Task<string> WriteAsync(
        string path, IReadOnlyList<(string Platform, string Archive)> images, CancellationToken cancellationToken)
    {
        var blobs = new SortedDictionary<string, Func<Stream>>(StringComparer.Ordinal);
        var work = Directory.CreateDirectory(path + ".blobs");
        try
        {
            var manifests = new JArray();
            foreach (var (platform, archive) in images)
                manifests.Add(await AddAsync(platform, archive, blobs, work.FullName, cancellationToken));
            var content = new JObject { ["schemaVersion"] = 2, ["mediaType"] = OciManifest.OciIndex, ["manifests"] = manifests };
            var index = new OciManifest(OciManifest.OciIndex, Encoding.UTF8.GetBytes(content.ToString(Formatting.None)));
            blobs[index.Digest] = () => new MemoryStream(index.Content);
            await OciLayout.WriteAsync(path, index, blobs, cancellationToken);
            return index.Digest;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<JObject> AddAsync(
        string platform, string file, SortedDictionary<string, Func<Stream>> blobs, string work, CancellationToken cancellationToken)
    {
        using var archive = OciArchive.Open(file);
        var image = archive.Root;
        if (image.IsIndex) throw new InvalidDataException($"the image for {platform} is an index itself");
        foreach (var blob in image.Blobs.Where(blob => !blobs.ContainsKey(blob.Digest)))
        {
            var copy = Path.Combine(work, blob.Digest[7..]);
            await archive.ExtractAsync(blob, copy, cancellationToken);
            blobs[blob.Digest] = () => File.OpenRead(copy);
        }

        blobs[image.Digest] = () => new MemoryStream(image.Content);
        var (system, processor) = platform.Split('/') is [var os, var architecture, ..] ? (os, architecture) : (platform, "");
        return new JObject
        {
            ["mediaType"] = image.MediaType,
            ["digest"] = image.Digest,
            ["size"] = image.Content.Length,
            ["platform"] = new JObject { ["architecture"] = processor, ["os"] = system },
        };
    }
}
