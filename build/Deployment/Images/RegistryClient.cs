using System.Net;
using System.Net.Http.Headers;
using Slipway.Deployment.Reporting;

namespace Slipway.Deployment.Images;

/// <summary>
/// A small client of the OCI distribution API: reads digests back, and sends archives. It asks before it sends, goes on after a dropped
/// connection where it was, and tries again what passes by itself.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly RetryPolicy _retry;

    /// <param name="time">The clock of waits between attempts, and of the time that an answer may take.</param>
    /// <param name="handler">Sends the requests; null for the network.</param>
    public RegistryClient(TimeProvider time, HttpMessageHandler? handler = null)
    {
#pragma warning disable CA2000 // The client disposes it.
        // The connection bounds each answer's time, by the clock that it is given.
        _http = new HttpClient(handler ?? Network(), disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = OciManifest.MaximumBytes,
        };
#pragma warning restore CA2000
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Slipway", "1"));
        _retry = new RetryPolicy(time);
    }

    /// <summary>A client that reads only: every other request is refused before it leaves this process.</summary>
    /// <param name="time">The clock of waits between attempts.</param>
    /// <param name="sending">Is told each request that is let through.</param>
    public static RegistryClient ReadOnly(TimeProvider time, Action<HttpRequestMessage> sending)
    {
#pragma warning disable CA2000 // The client disposes them.
        return new RegistryClient(time, new ReadOnlyRequests(sending, Network()));
#pragma warning restore CA2000
    }

    /// <summary>The digest behind a tag or digest; null where the registry has none. Any other answer is an
    /// <see cref="HttpRequestException"/>.</summary>
    /// <param name="image">The image; its host must be named.</param>
    /// <param name="login">A login; null to ask without.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<string?> FindDigestAsync(ImageReference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        var connection = Connect(image, login, "pull");
        using var response = await connection.SendAsync(() => ManifestRequest(HttpMethod.Head, connection, image), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await RequireAsync(response, $"read '{image}'", cancellationToken);
        return response.Headers.TryGetValues("Docker-Content-Digest", out var digests) && digests.FirstOrDefault() is var digest
            && ImageReference.IsDigest(digest)
            ? digest
            : (await FindManifestAsync(image, login, cancellationToken))?.Digest;
    }

    /// <summary>The id of an image as engines show it, the digest of its configuration; null where there is none or where it is an
    /// index.</summary>
    public async Task<string?> FindConfigDigestAsync(ImageReference image, RegistryLogin? login, CancellationToken cancellationToken) =>
        (await FindManifestAsync(image, login, cancellationToken))?.Config?.Digest;

    /// <summary>The digests of the manifests that an index lists; empty for an image, and where there is none.</summary>
    /// <param name="image">The image; its host must be named.</param>
    /// <param name="login">A login; null to ask without.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<string>> FindManifestDigestsAsync(
        ImageReference image, RegistryLogin? login, CancellationToken cancellationToken) =>
        [.. (await FindManifestAsync(image, login, cancellationToken))?.Manifests.Select(manifest => manifest.Digest) ?? []];

    /// <summary>The platforms that an image, or an index of images, is built for: "linux/amd64"; empty where there is none.</summary>
    /// <param name="image">The image; its host must be named.</param>
    /// <param name="login">A login; null to ask without.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task<IReadOnlyList<string>> FindPlatformsAsync(ImageReference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        if (await FindManifestAsync(image, login, cancellationToken) is not { } manifest) return [];
        if (manifest.Config is not { } config) return manifest.Platforms;
        var connection = Connect(image, login, "pull");
        using var response = await connection.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, new Uri(connection.Root, $"v2/{image.Name}/blobs/{config.Digest}")), cancellationToken);
        await RequireAsync(response, $"read the configuration of '{image}'", cancellationToken);
        var text = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return OciManifest.PlatformOf(OciJson.Parse(text, "an image's configuration")) is { } platform ? [platform] : [];
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Sends an archive under a tag. What the registry has is not sent again.</summary>
    internal async Task PushAsync(
        OciArchive archive, ImageReference target, RegistryLogin login, string? mountFrom, IReport report,
        CancellationToken cancellationToken)
    {
        var connection = Connect(target, login, "pull,push");
        var upload = new BlobUpload(connection, _retry, archive, target.Name);
        var manifests = archive.Manifests();
        var blobs = manifests.SelectMany(m => m.Blobs).DistinctBy(b => b.Digest).ToList();
        var sent = 0L;
        for (var i = 0; i < blobs.Count; i++)
        {
            var part = $"blob {i + 1} of {blobs.Count}";
            var whole = Kilobytes(blobs[i].Size);
            report.Progress($"Pushing {part} ({whole} KB)");
            var how = await upload.SendAsync(
                blobs[i], mountFrom, done => report.Progress($"Pushing {part} ({Kilobytes(done)} of {whole} KB)"), cancellationToken);
            sent += how == BlobOutcome.Sent ? blobs[i].Size : 0;
            report.Detail($"Blob '{blobs[i].Digest}' ({blobs[i].Size} bytes): {Words(how)}.");
        }

        foreach (var manifest in manifests)
            await PutManifestAsync(
                connection, manifest, manifest == archive.Root ? target : target with { Tag = null, Digest = manifest.Digest },
                cancellationToken);
        report.Detail($"{sent} bytes sent, {blobs.Sum(b => b.Size) - sent} bytes were there.");
    }

    private async Task<OciManifest?> FindManifestAsync(ImageReference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        var connection = Connect(image, login, "pull");
        using var response = await connection.SendAsync(() => ManifestRequest(HttpMethod.Get, connection, image), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await RequireAsync(response, $"read '{image}'", cancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new OciManifest(response.Content.Headers.ContentType?.MediaType ?? OciManifest.OciImage, content);
    }

    private static async Task PutManifestAsync(
        RegistryConnection connection, OciManifest manifest, ImageReference target, CancellationToken cancellationToken)
    {
        using var response = await connection.SendAsync(
            () =>
            {
                var request = ManifestRequest(HttpMethod.Put, connection, target);
                request.Content =
                    new ByteArrayContent(manifest.Content) { Headers = { ContentType = new MediaTypeHeaderValue(manifest.MediaType) } };
                return request;
            },
            cancellationToken);
        await RequireAsync(response, $"write the manifest '{target}'", cancellationToken);
    }

    private static HttpRequestMessage ManifestRequest(HttpMethod method, RegistryConnection connection, ImageReference image)
    {
        var request =
            new HttpRequestMessage(method, new Uri(connection.Root, $"v2/{image.Name}/manifests/{image.Digest ?? image.Tag ?? "latest"}"));
        foreach (var type in OciManifest.MediaTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return request;
    }

    private RegistryConnection Connect(ImageReference image, RegistryLogin? login, string actions) =>
        new(_http, _retry, image.Host ?? throw new ArgumentException($"'{image}' names no registry.", nameof(image)), login)
        {
            Repository = image.Name,
            Actions = actions,
        };

    internal static async Task RequireAsync(HttpResponseMessage response, string verb, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"failed to {verb}: {await RegistryText.DescribeAsync(response, cancellationToken)}", null, response.StatusCode);
    }

    private static long Kilobytes(long bytes) => (bytes + 999) / 1000;

    private static SocketsHttpHandler Network() => new()
    {
        Proxy = new DirectToThisMachine(HttpClient.DefaultProxy),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    };

    private static string Words(BlobOutcome outcome) => outcome switch
    {
        BlobOutcome.WasThere => "already there",
        BlobOutcome.Mounted => "mounted from the base image's repository",
        _ => "sent",
    };
}
