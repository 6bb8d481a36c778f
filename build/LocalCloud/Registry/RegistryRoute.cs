using System.Text.RegularExpressions;

namespace Slipway.LocalCloud.Registry;

/// <summary>What a path under /v2/ means.</summary>
internal enum RegistryResource
{
    Version,
    Catalog,
    Tags,
    Manifest,
    Blob,
    Uploads,
    Upload,
}

/// <summary>A path under /v2/, taken apart; the names in it are not checked yet.</summary>
/// <param name="Reference">Tag, digest or upload id, as the resource has it.</param>
internal sealed partial record RegistryRoute(RegistryResource Resource, string Repository, string Reference)
{
    /// <summary>Null where the distribution specification has no such path (or LocalCloud does not: referrers).</summary>
    public static RegistryRoute? Parse(string path)
    {
        if (path is "/v2" or "/v2/") return new RegistryRoute(RegistryResource.Version, "", "");
        if (path == "/v2/_catalog") return new RegistryRoute(RegistryResource.Catalog, "", "");
        var match = Pattern().Match(path);
        if (!match.Success) return null;
        var name = match.Groups["name"].Value;
        if (match.Groups["manifest"] is { Success: true } manifest) return new RegistryRoute(RegistryResource.Manifest, name, manifest.Value);
        if (match.Groups["upload"] is { Success: true } upload) return new RegistryRoute(RegistryResource.Upload, name, upload.Value);
        if (match.Groups["uploads"].Success) return new RegistryRoute(RegistryResource.Uploads, name, "");
        if (match.Groups["blob"] is { Success: true } blob) return new RegistryRoute(RegistryResource.Blob, name, blob.Value);
        return new RegistryRoute(RegistryResource.Tags, name, "");
    }

    /// <summary>The call's name for the fault plan: "PutManifest", "GetBlob".</summary>
    public string Operation(string method) => (Resource, method) switch
    {
        (RegistryResource.Uploads or RegistryResource.Upload, _) => "PutBlob",
        (_, "HEAD") => $"Get{Resource}",
        _ => $"{method[..1]}{method[1..].ToLowerInvariant()}{Resource}",
    };

    [GeneratedRegex(
        @"\A/v2/(?<name>.{1,300}?)/(tags/list|manifests/(?<manifest>[^/]{1,300})|blobs/(?<uploads>uploads)/?|blobs/uploads/(?<upload>[^/]{1,100})|blobs/(?<blob>[^/]{1,300}))\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Pattern();
}
