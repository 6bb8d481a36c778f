using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Registry;

internal sealed class UploadTests : RegistryFixture
{
    private static readonly byte[] Blob = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000)));
    private static readonly string Digest = TestImage.DigestOf(Blob);

    private static Action<HttpRequestMessage> Range(string range) => request =>
    {
        request.Content!.Headers.TryAddWithoutValidation("Content-Range", range);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    };

    private async Task AssertStoredAsync(RegistryClient client)
    {
        using var response = await client.GetAsync($"blobs/{Digest}");
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Blob));
        Assert.That(response.Headers.GetValues("Docker-Content-Digest"), Is.EqualTo(new[] { Digest }));
    }

    [Test]
    public async Task In_one_request()
    {
        var (name, client) = await RepositoryAsync();
        using var response = await client.SendAsync(HttpMethod.Post, $"/v2/{name}/blobs/uploads/?digest={Digest}", Blob);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(response.Headers.Location!.ToString(), Is.EqualTo($"{Cloud.Ports.Endpoint}/v2/{name}/blobs/{Digest}"));
        await AssertStoredAsync(client);
    }

    [Test]
    public async Task In_chunks_and_resumed_where_it_broke_off()
    {
        var (_, client) = await RepositoryAsync();
        var location = await client.StartUploadAsync();
        using var first = await client.SendAsync(HttpMethod.Patch, location, Blob[..1000], Range("0-999"));
        Assert.That((first.StatusCode, first.Headers.GetValues("Range").Single()), Is.EqualTo((HttpStatusCode.Accepted, "0-999")));

        using var gap = await client.SendAsync(HttpMethod.Patch, location, Blob[2000..], Range($"2000-{Blob.Length - 1}"));
        Assert.That(gap.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));

        using var status = await client.SendAsync(HttpMethod.Get, location);
        Assert.That((status.StatusCode, status.Headers.GetValues("Range").Single()), Is.EqualTo((HttpStatusCode.NoContent, "0-999")));

        using var second = await client.SendAsync(HttpMethod.Patch, location, Blob[1000..2000], Range("bytes 1000-1999/*"));
        using var last = await client.SendAsync(HttpMethod.Put, $"{location}?digest={Digest}", Blob[2000..]);
        Assert.That((second.StatusCode, last.StatusCode), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.Created)));
        await AssertStoredAsync(client);
    }

    [Test]
    public async Task A_chunk_whose_connection_breaks_is_resumed_from_what_arrived()
    {
        var (_, client) = await RepositoryAsync();
        var location = await client.StartUploadAsync();
        using var broken = new HttpRequestMessage(HttpMethod.Patch, location)
        {
            Content = new BreakingContent(Blob[..3000], () => UntilAsync(async () => await ArrivedAsync(client, location) == 3000)),
        };
        await Assert.ThrowsAsync<HttpRequestException>(async () => await Http.SendAsync(broken));

        HttpStatusCode status = default;
        await UntilAsync(async () =>
        {
            using var rest = await client.SendAsync(HttpMethod.Put, $"{location}?digest={Digest}", Blob[3000..]);
            status = rest.StatusCode;
            return status != HttpStatusCode.Conflict; // The broken request holds the upload until the server has noticed.
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        await AssertStoredAsync(client);
    }

    private static async Task<int> ArrivedAsync(RegistryClient client, string location)
    {
        using var status = await client.SendAsync(HttpMethod.Get, location);
        return int.Parse(status.Headers.GetValues("Range").Single().Split('-')[1], CultureInfo.InvariantCulture) + 1;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 1500; attempt++)
        {
            if (await condition()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Fail("It did not come to that within 30 s.");
    }

    [Test]
    public async Task Many_pushes_at_once_lose_nothing()
    {
        var (name, client) = await RepositoryAsync();
        var images = Enumerable.Range(0, 12).Select(i => new TestImage($"image {i}")).ToList();
        await Task.WhenAll(images.Select((image, i) => client.PushAsync(image, $"v{i}")));
        var details = await Signed.OkAsync("ecr", "DescribeImages", new JsonObject { ["repositoryName"] = name });
        Assert.That(details["imageDetails"]!.AsArray().Select(item => item!["imageDigest"]!.GetValue<string>()), Is.EquivalentTo(images.Select(image => image.Digest)));
    }

    [Test]
    public async Task A_wrong_digest_stores_nothing()
    {
        var (_, client) = await RepositoryAsync();
        var location = await client.StartUploadAsync();
        var other = TestImage.DigestOf("other"u8.ToArray());
        using var response = await client.SendAsync(HttpMethod.Put, $"{location}?digest={other}", Blob);
        Assert.That((response.StatusCode, await RegistryClient.ErrorAsync(response)), Is.EqualTo((HttpStatusCode.BadRequest, "DIGEST_INVALID")));
        using var blob = await client.HeadAsync($"blobs/{other}");
        using var upload = await client.SendAsync(HttpMethod.Get, location);
        Assert.That((blob.StatusCode, upload.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(Directory.EnumerateFiles(Path.Combine(Cloud.StateFolder, "registry", "uploads")), Has.None.Contains(location[^36..]));
    }

    [TestCase("")]
    [TestCase("?digest=")]
    [TestCase("?digest=sha256:..%2f..%2fx")]
    [TestCase("?digest=md5:00")]
    public async Task A_digest_of_another_form_is_refused(string query)
    {
        var (_, client) = await RepositoryAsync();
        using var response = await client.SendAsync(HttpMethod.Put, await client.StartUploadAsync() + query, Blob);
        Assert.That((response.StatusCode, await RegistryClient.ErrorAsync(response)), Is.EqualTo((HttpStatusCode.BadRequest, "DIGEST_INVALID")));
    }

    [Test]
    public async Task A_blob_of_another_repository_is_mounted_and_not_seen_before()
    {
        var (source, from) = await RepositoryAsync();
        var (_, to) = await RepositoryAsync();
        await from.PushBlobAsync(Blob);
        using var before = await to.HeadAsync($"blobs/{Digest}");
        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var mounted = await to.SendAsync(HttpMethod.Post, $"/v2/{to.Name}/blobs/uploads/?mount={Digest}&from={source}");
        Assert.That(mounted.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await AssertStoredAsync(to);
    }

    [Test]
    public async Task A_mount_of_what_is_not_there_becomes_an_upload()
    {
        var (_, client) = await RepositoryAsync();
        await client.StartUploadAsync($"?mount={TestImage.DigestOf("nowhere"u8.ToArray())}&from=stream-ml-service");
    }

    [Test]
    public async Task An_upload_is_deleted()
    {
        var (_, client) = await RepositoryAsync();
        var location = await client.StartUploadAsync();
        using var deleted = await client.SendAsync(HttpMethod.Delete, location);
        using var gone = await client.SendAsync(HttpMethod.Put, $"{location}?digest={Digest}", Blob);
        Assert.That((deleted.StatusCode, gone.StatusCode, await RegistryClient.ErrorAsync(gone)), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN")));
    }

    [Test]
    public async Task An_upload_belongs_to_its_repository()
    {
        var (name, client) = await RepositoryAsync();
        var (other, _) = await RepositoryAsync();
        var location = await client.StartUploadAsync();
        using var response = await client.SendAsync(HttpMethod.Get, location.Replace(name, other, StringComparison.Ordinal));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_part_of_a_blob_is_read()
    {
        var (name, client) = await RepositoryAsync();
        await client.PushBlobAsync(Blob);
        using var response = await client.SendAsync(HttpMethod.Get, $"/v2/{name}/blobs/{Digest}", change: request => request.Headers.Range = new RangeHeaderValue(10, 19));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Blob[10..20]));
        using var head = await client.HeadAsync($"blobs/{Digest}");
        Assert.That((head.StatusCode, head.Content.Headers.ContentLength), Is.EqualTo((HttpStatusCode.OK, (long?)Blob.Length)));
    }

    [Test]
    public async Task A_repository_that_is_not_there_takes_nothing()
    {
        using var response = await Http.PostAsync($"/v2/{Unique("none")}/blobs/uploads/", null);
        Assert.That((response.StatusCode, await RegistryClient.ErrorAsync(response)), Is.EqualTo((HttpStatusCode.NotFound, "NAME_UNKNOWN")));
    }

    /// <summary>Promises more than it sends, and breaks off when it is told to.</summary>
    private sealed class BreakingContent(byte[] bytes, Func<Task> untilBreak) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            await untilBreak();
            throw new IOException("the cable was pulled");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length * 2L;
            return true;
        }
    }
}
