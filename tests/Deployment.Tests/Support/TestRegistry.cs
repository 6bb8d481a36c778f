using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Support;

/// <summary>A registry on loopback that speaks the distribution API, keeps everything in memory, and fails on demand.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    private const string User = "AWS";
    private const string Password = "s3cr3t-t0k3n";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new(StringComparer.Ordinal);
    private int _uploadNumber;

    private TestRegistry(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>By "name:tag" and "name@digest".</summary>
    public ConcurrentDictionary<string, (string Type, byte[] Content)> Manifests { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Looks at each request first; true where it has answered.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    /// <summary>Repositories that anybody may read.</summary>
    public string PublicPrefix { get; set; } = "dotnet/";

    public string Host { get; private set; } = "";

    public RegistryLogin Login => new($"http://{Host}", User, Password, DateTimeOffset.UnixEpoch.AddYears(80));

    public static async Task<TestRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(
            (KestrelServerOptions options) => options.Limits.MaxRequestBodySize = 256 * 1024 * 1024);
        var registry = new TestRegistry(builder.Build());
        registry._app.Run(registry.AnswerAsync);
        await registry._app.StartAsync();
        registry.Host = new Uri(registry._app.Urls.First()).Authority;
        return registry;
    }

    /// <summary>Puts an image there, as if somebody had pushed it.</summary>
    public void Seed(string name, string tag, OciImage image)
    {
        foreach (var blob in image.Blobs)
            Blobs[$"{name}@{Digests.Of(blob)}"] = blob;
        Manifests[$"{name}:{tag}"] = Manifests[$"{name}@{image.Digest}"] = (OciImage.ManifestType, image.Manifest);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        Requests.Enqueue($"{http.Request.Method} {path}{http.Request.QueryString}");
        if (await Fault(http))
            return;
        if (!IsAllowed(http.Request, path))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
            await FailAsync(http, 401, "UNAUTHORIZED", "authentication required");
        }
        else if (path.IndexOf("/manifests/", StringComparison.Ordinal) is > 0 and var manifest)
        {
            await ManifestAsync(http, path[4..manifest], path[(manifest + 11)..]);
        }
        else if (path.IndexOf("/blobs/uploads/", StringComparison.Ordinal) is > 0 and var upload)
        {
            await UploadAsync(http, path[4..upload], path[(upload + 15)..]);
        }
        else if (path.IndexOf("/blobs/", StringComparison.Ordinal) is > 0 and var blob
            && Blobs.TryGetValue($"{path[4..blob]}@{path[(blob + 7)..]}", out var content))
        {
            await SendAsync(http, "application/octet-stream", content);
        }
        else
        {
            await FailAsync(http, path == "/v2/" ? 200 : 404, "BLOB_UNKNOWN", "blob unknown to registry");
        }
    }

    private bool IsAllowed(HttpRequest request, string path) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && (path == "/v2/" || path.StartsWith("/v2/" + PublicPrefix, StringComparison.Ordinal))
        || request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    private async Task ManifestAsync(HttpContext http, string name, string reference)
    {
        var key = reference.StartsWith("sha256:", StringComparison.Ordinal) ? $"{name}@{reference}" : $"{name}:{reference}";
        if (HttpMethods.IsPut(http.Request.Method))
        {
            var content = await BodyAsync(http);
            Manifests[key] = Manifests[$"{name}@{Digests.Of(content)}"] = (http.Request.ContentType!, content);
            http.Response.StatusCode = 201;
        }
        else if (Manifests.TryGetValue(key, out var manifest))
        {
            http.Response.Headers["Docker-Content-Digest"] = Digests.Of(manifest.Content);
            await SendAsync(http, manifest.Type, manifest.Content);
        }
        else
        {
            await FailAsync(http, 404, "MANIFEST_UNKNOWN", "manifest unknown");
        }
    }

    private async Task UploadAsync(HttpContext http, string name, string id)
    {
        if (HttpMethods.IsPost(http.Request.Method))
        {
            await BeginAsync(http, name);
            return;
        }

        if (!_uploads.TryGetValue(id, out var upload))
        {
            await FailAsync(http, 404, "BLOB_UPLOAD_UNKNOWN", "upload unknown to registry");
            return;
        }

        if (HttpMethods.IsGet(http.Request.Method))
        {
            Progress(http, name, id, upload, 204);
            return;
        }

        if (http.Request.Headers.ContentRange.ToString() is { Length: > 0 } range
            && long.Parse(range.Split('-')[0], CultureInfo.InvariantCulture) != upload.Length)
        {
            await FailAsync(http, 416, "BLOB_UPLOAD_INVALID", "range out of order");
            return;
        }

        try
        {
            await http.Request.Body.CopyToAsync(upload);
        }
        catch (Exception e) when (e is IOException or Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            return;
        }

        if (HttpMethods.IsPatch(http.Request.Method))
            Progress(http, name, id, upload, 202);
        else if (Digests.Of(upload.ToArray()) is var digest && digest == http.Request.Query["digest"])
            Finish(http, name, id, digest, upload.ToArray());
        else
            await FailAsync(http, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    }

    private async Task BeginAsync(HttpContext http, string name)
    {
        await Task.CompletedTask;
        var (mount, from) = (http.Request.Query["mount"].ToString(), http.Request.Query["from"].ToString());
        if (mount.Length > 0 && Blobs.TryGetValue($"{from}@{mount}", out var content))
        {
            Blobs[$"{name}@{mount}"] = content;
            http.Response.StatusCode = 201;
            return;
        }

        var id = Interlocked.Increment(ref _uploadNumber).ToString(CultureInfo.InvariantCulture);
        Progress(http, name, id, _uploads[id] = new MemoryStream(), 202);
    }

    private void Finish(HttpContext http, string name, string id, string digest, byte[] content)
    {
        Blobs[$"{name}@{digest}"] = content;
        _uploads.TryRemove(id, out _);
        http.Response.StatusCode = 201;
    }

    private static void Progress(HttpContext http, string name, string id, MemoryStream upload, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = $"/v2/{name}/blobs/uploads/{id}?state=abc";
        http.Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, upload.Length - 1)}");
    }

    private static async Task SendAsync(HttpContext http, string type, byte[] content)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(content);
    }

    internal static async Task FailAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.WriteAsync($$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""");
    }

    private static async Task<byte[]> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
