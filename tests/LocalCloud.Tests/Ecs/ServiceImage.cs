using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>Puts the test service as an image into a cloud's registry.</summary>
internal static class ServiceImage
{
    /// <summary>The folder of the test service's program.</summary>
    public static string Output => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "LocalCloud.TestService", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    /// <summary>Adds it under a tag; answers with the reference.</summary>
    public static async Task<string> AddAsync(
        LocalCloudHost cloud, string repository, string tag, string[]? entryPoint = null, string? onBase = null)
    {
        var store = cloud.Services.GetRequiredService<IImageStore>();
        var tar = Tar();
        var layer = Gzip(tar);
        var below = onBase is null ? null : store.Resolve($"{cloud.Ports.Registry}/{onBase}");
        var config = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject
            {
                ["Entrypoint"] = Texts(entryPoint ?? ["dotnet", "/app/LocalCloud.TestService.dll"]),
                ["Env"] = Texts(["PATH=/usr/local/bin:/usr/bin:/bin", "ASPNETCORE_HTTP_PORTS=8000", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", $"IMAGE_TAG={tag}"]),
                ["WorkingDir"] = "/app",
            },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. DiffIds(below), TestImage.DigestOf(tar)]) },
        }.ToJsonString());
        await StoreAsync(store, layer);
        await StoreAsync(store, config);
        store.AddManifest(repository, tag, TestImage.ManifestType, Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = TestImage.ManifestType,
            ["config"] = TestImage.Descriptor("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JsonArray([.. Below(below), TestImage.Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer)]),
        }.ToJsonString()));
        return $"{cloud.Ports.Registry}/{repository}:{tag}";
    }

    /// <summary>Starts the test service as it is, on a port of the machine's choice.</summary>
    public static Process StartAsProcess() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Output, "LocalCloud.TestService.dll")])
    {
        Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
    })!;

    private static IEnumerable<JsonNode?> Below(ResolvedImage? image) => (image?.Layers ?? []).Select(layer => new JsonObject
    {
        ["mediaType"] = layer.MediaType,
        ["digest"] = layer.Digest,
        ["size"] = new FileInfo(layer.File).Length,
    });

    private static IEnumerable<JsonNode?> DiffIds(ResolvedImage? image) =>
        image is null ? [] : JsonNode.Parse(image.ConfigJson)!["rootfs"]!["diff_ids"]!.AsArray().Select(item => item!.DeepClone());

    private static async Task StoreAsync(IImageStore store, byte[] bytes)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, bytes);
        var digest = await store.AddBlobAsync(file, CancellationToken.None);
        Assert.That(digest, Is.EqualTo($"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}"));
        File.Delete(file);
    }

    private static byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(Output).Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                writer.WriteEntry(file, $"app/{Path.GetFileName(file)}");
        }

        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
