using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Tests.Support;

/// <summary>Speaks the distribution API by hand, one request at a time.</summary>
internal sealed class RegistryClient(HttpClient http, string repository)
{
    public string Name { get; } = repository;

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync($"/v2/{Name}/{path}");

    public Task<HttpResponseMessage> HeadAsync(string path) => SendAsync(HttpMethod.Head, $"/v2/{Name}/{path}");

    public Task<HttpResponseMessage> DeleteAsync(string path) => http.DeleteAsync($"/v2/{Name}/{path}");

    /// <summary>Where an upload goes on.</summary>
    public async Task<string> StartUploadAsync(string query = "")
    {
        using var response = await http.PostAsync($"/v2/{Name}/blobs/uploads/{query}", null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.ToString();
    }

    public async Task PushBlobAsync(byte[] bytes)
    {
        using var response = await http.PutAsync($"{await StartUploadAsync()}?digest={TestImage.DigestOf(bytes)}", new ByteArrayContent(bytes));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
    }

    public async Task PushAsync(TestImage image, string reference)
    {
        await PushBlobAsync(image.Layer);
        await PushBlobAsync(image.Config);
        using var response = await PutManifestAsync(reference, image.Manifest);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> PutManifestAsync(string reference, byte[] manifest, string mediaType = TestImage.ManifestType)
    {
        var content = new ByteArrayContent(manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return http.PutAsync($"/v2/{Name}/manifests/{reference}", content);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, byte[]? body = null, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new ByteArrayContent(body) };
        change?.Invoke(request);
        return http.SendAsync(request);
    }

    /// <summary>The code of the one error in an answer.</summary>
    public static async Task<string> ErrorAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["code"]!.GetValue<string>();
}
