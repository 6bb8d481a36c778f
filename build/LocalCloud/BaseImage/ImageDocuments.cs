using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.BaseImage;

/// <summary>Configuration and manifest of an image (OCI image-spec 1.1: config.md, manifest.md).</summary>
internal static class ImageDocuments
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";

    // Media types hold a plus sign; escaped it is as valid, but nobody else's documents have it so.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The variables of the public image, so that what is built on this one also runs on that one.</summary>
    public static byte[] Config(DotnetInstallation? dotnet, IReadOnlyList<LayerFile> layers)
    {
        JsonArray environment =
        [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            $"APP_UID={ImageContent.AppUser}",
            "ASPNETCORE_HTTP_PORTS=8080",
            "DOTNET_RUNNING_IN_CONTAINER=true",
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1",
        ];
        if (dotnet is not null)
        {
            environment.Add($"SSL_CERT_FILE={ImageContent.CertificateFile}");
            environment.Add($"DOTNET_VERSION={dotnet.Runtime}");
            environment.Add($"ASPNET_VERSION={dotnet.AspNet}");
        }

        return Bytes(new JsonObject
        {
            ["architecture"] = Architecture(RuntimeInformation.OSArchitecture),
            ["os"] = "linux",
            ["created"] = "1970-01-01T00:00:00Z",
            ["config"] = new JsonObject
            {
                ["Env"] = environment,
                ["Labels"] = new JsonObject
                {
                    ["org.opencontainers.image.title"] = "dotnet/aspnet",
                    ["org.opencontainers.image.description"] = dotnet is null
                        ? "Empty base for tasks that run with the machine's own .NET"
                        : "ASP.NET Core runtime of the machine that made it",
                },
            },
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. layers.Select(layer => (JsonNode)layer.DiffId)]),
            },
            ["history"] = new JsonArray([.. layers.Select(_ => new JsonObject { ["created"] = "1970-01-01T00:00:00Z", ["created_by"] = "slipway" })]),
        });
    }

    public static byte[] Manifest(string configDigest, long configSize, IReadOnlyList<LayerFile> layers) => Bytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ManifestType,
        ["config"] = Descriptor(ConfigType, configDigest, configSize),
        ["layers"] = new JsonArray([.. layers.Select(layer => Descriptor(LayerFile.MediaType, layer.Digest, layer.Size))]),
    });

    /// <summary>Go's names, which images use.</summary>
    internal static string Architecture(Architecture architecture) => architecture switch
    {
        global::System.Runtime.InteropServices.Architecture.X64 => "amd64",
        global::System.Runtime.InteropServices.Architecture.X86 => "386",
        global::System.Runtime.InteropServices.Architecture.Armv6 => "arm",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static JsonObject Descriptor(string mediaType, string digest, long size) =>
        new() { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = size };

    private static byte[] Bytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document, Plain);
}
