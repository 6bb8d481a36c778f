using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Images;

/// <summary>
/// Another registry on this machine, with a user and a password of its own (docker-registry with htpasswd). ECR's answers come from
/// copies of its manifests, which are fetched anew at each question; layers stay where they are, for an engine to pull.
/// </summary>
internal sealed class ExternalRegistry(
    Uri endpoint, string loginFile, RepositoryStore repositories, BlobStore blobs, TimeProvider time) : IRegistryPlace, IDisposable
{
    private static readonly string[] MediaTypes = [Manifest.OciIndex, Manifest.OciManifest, Manifest.DockerList, Manifest.DockerManifest];

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public string Endpoint => endpoint.GetLeftPart(UriPartial.Authority);

    public string Host => endpoint.Authority;

    public bool HoldsLayers => false;

    /// <summary>The file is read each time: a password that was changed counts at once. It says "user:password".</summary>
    public RegistryCredentials Login() => File.ReadAllText(loginFile).Trim().Split(':', 2) is [var user, var password]
        ? new RegistryCredentials(user, password, time.GetUtcNow() + RegistryTokens.Lifetime)
        : throw new InvalidDataException($"'{loginFile}' does not hold a line like 'user:password'");

    public void Refresh(string repository, string? reference)
    {
        if (reference is not null) Take(repository, reference);
        else foreach (var tag in Tags(repository)) Take(repository, tag);
    }

    public void Dispose() => http.Dispose();

    private IReadOnlyList<string> Tags(string repository)
    {
        if (Get($"{repository}/tags/list") is not { } answer) return [];
        using var document = JsonDocument.Parse(answer.Content);
        return document.RootElement.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)]
            : [];
    }

    private void Take(string repository, string reference)
    {
        var byDigest = ImageNames.IsDigest(reference);
        if (Get($"{repository}/manifests/{reference}") is not { } answer)
        {
            repositories.Change(repository, before => byDigest ? before.WithoutManifest(reference) : before.WithoutTag(reference));
            return;
        }

        var manifest = Manifest.Parse(answer.MediaType, answer.Content);
        foreach (var child in manifest.Children) Take(repository, child.Digest);
        if (manifest.Config is { } config && !blobs.Has(config.Digest) && Get($"{repository}/blobs/{config.Digest}") is { } content) blobs.Add(content.Content);
        var stored = new StoredManifest(blobs.Add(answer.Content), answer.MediaType, answer.Content.Length, time.GetUtcNow());
        repositories.Change(repository, before =>
        {
            var after = manifest.Config is { } blob ? before.WithBlob(blob.Digest) : before;
            return byDigest ? after.WithManifest(stored) : after.WithManifest(stored).WithTag(reference, stored.Digest);
        });
    }

    /// <summary>Null where the registry has none. Not asynchronous, as the scheduler's questions to the store are not.</summary>
    private (string MediaType, byte[] Content)? Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, $"/v2/{path}"));
        foreach (var type in MediaTypes) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        try
        {
            var login = Login();
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));
            using var response = http.Send(request);
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            if (response.StatusCode == HttpStatusCode.Unauthorized) throw Unable($"it refuses the login of '{login.User}'");
            if (!response.IsSuccessStatusCode) throw Unable($"it answers with HTTP {(int)response.StatusCode}");
            using var content = new MemoryStream();
            using (var body = response.Content.ReadAsStream()) body.CopyTo(content);
            return (response.Content.Headers.ContentType?.MediaType ?? Manifest.OciManifest, content.ToArray());
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException or InvalidDataException)
        {
            throw Unable(error.Message);
        }
    }

    private ApiException Unable(string why) => new("UnableToGetUpstreamImageException", $"LocalCloud cannot read the registry at {Endpoint}: {why}");
}
