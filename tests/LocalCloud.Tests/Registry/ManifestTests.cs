using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Registry;

internal sealed class ManifestTests : RegistryFixture
{
    [Test]
    public async Task A_pushed_image_is_found_by_tag_and_by_digest()
    {
        var (_, client) = await RepositoryAsync();
        var image = new TestImage("one");
        await client.PushAsync(image, "v1");
        foreach (var reference in new[] { "v1", image.Digest })
        {
            using var get = await client.GetAsync($"manifests/{reference}");
            using var head = await client.HeadAsync($"manifests/{reference}");
            Assert.That(await get.Content.ReadAsByteArrayAsync(), Is.EqualTo(image.Manifest));
            Assert.That(get.Content.Headers.ContentType!.MediaType, Is.EqualTo(TestImage.ManifestType));
            Assert.That((head.StatusCode, head.Content.Headers.ContentLength), Is.EqualTo((HttpStatusCode.OK, (long?)image.Manifest.Length)));
            Assert.That(head.Headers.GetValues("Docker-Content-Digest").Single(), Is.EqualTo(image.Digest));
        }
    }

    [Test]
    public async Task An_index_needs_its_images_first()
    {
        var (_, client) = await RepositoryAsync();
        var (amd, arm) = (new TestImage("amd"), new TestImage("arm", "arm64"));
        var index = TestImage.Index((amd, "amd64"), (arm, "arm64"));
        await client.PushAsync(amd, amd.Digest);
        using var early = await client.PutManifestAsync("v1", index, TestImage.IndexType);
        Assert.That((early.StatusCode, await RegistryClient.ErrorAsync(early)), Is.EqualTo((HttpStatusCode.BadRequest, "MANIFEST_BLOB_UNKNOWN")));
        Assert.That(await early.Content.ReadAsStringAsync(), Does.Contain(arm.Digest).And.Not.Contain(amd.Digest));
        await client.PushAsync(arm, arm.Digest);
        using var pushed = await client.PutManifestAsync("v1", index, TestImage.IndexType);
        Assert.That(pushed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task An_immutable_tag_stays_where_it_is()
    {
        var (name, client) = await RepositoryAsync("IMMUTABLE");
        var first = new TestImage("first");
        await client.PushAsync(first, "v1");
        var second = new TestImage("second");
        await client.PushAsync(second, second.Digest);
        foreach (var image in new[] { first, second })
        {
            using var moved = await client.PutManifestAsync("v1", image.Manifest);
            Assert.That((moved.StatusCode, await RegistryClient.ErrorAsync(moved)), Is.EqualTo((HttpStatusCode.BadRequest, "TAG_INVALID")), "also the same image again");
            Assert.That(await moved.Content.ReadAsStringAsync(), Does.Contain("v1").And.Contain(name).And.Contain("immutable"));
        }

        using var kept = await client.HeadAsync("manifests/v1");
        Assert.That(kept.Headers.GetValues("Docker-Content-Digest").Single(), Is.EqualTo(first.Digest));
    }

    [Test]
    public async Task A_mutable_tag_moves()
    {
        var (_, client) = await RepositoryAsync();
        await client.PushAsync(new TestImage("first"), "v1");
        var second = new TestImage("second");
        await client.PushAsync(second, "v1");
        using var moved = await client.HeadAsync("manifests/v1");
        Assert.That(moved.Headers.GetValues("Docker-Content-Digest").Single(), Is.EqualTo(second.Digest));
    }

    [Test]
    public async Task A_manifest_whose_blobs_were_not_pushed_is_refused()
    {
        var (_, client) = await RepositoryAsync();
        var image = new TestImage("bare");
        await client.PushBlobAsync(image.Config);
        using var response = await client.PutManifestAsync("v1", image.Manifest);
        Assert.That((response.StatusCode, await RegistryClient.ErrorAsync(response)), Is.EqualTo((HttpStatusCode.BadRequest, "MANIFEST_BLOB_UNKNOWN")));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(TestImage.DigestOf(image.Layer)));
    }

    [Test]
    public async Task A_manifest_under_another_digest_is_refused()
    {
        var (_, client) = await RepositoryAsync();
        using var response = await client.PutManifestAsync(new TestImage("other").Digest, new TestImage("this").Manifest);
        Assert.That(await RegistryClient.ErrorAsync(response), Is.EqualTo("DIGEST_INVALID"));
    }

    [TestCase("", "MANIFEST_INVALID")]
    [TestCase("{", "MANIFEST_INVALID")]
    [TestCase("[]", "MANIFEST_INVALID")]
    [TestCase("{\"schemaVersion\":1}", "MANIFEST_INVALID")]
    [TestCase("{\"schemaVersion\":2}", "MANIFEST_INVALID")]
    [TestCase("{\"schemaVersion\":2,\"mediaType\":\"application/json\"}", "MANIFEST_INVALID")]
    [TestCase("{\"schemaVersion\":2,\"config\":{\"digest\":\"../../x\",\"size\":1},\"layers\":[]}", "MANIFEST_INVALID")]
    [TestCase("{\"schemaVersion\":2,\"config\":{\"digest\":7},\"layers\":[]}", "MANIFEST_INVALID")]
    [TestCase("{\"schemaVersion\":2,\"schemaVersion\":2,\"config\":{},\"layers\":[]}", "MANIFEST_INVALID")]
    public async Task A_document_that_is_no_manifest_is_refused(string document, string code)
    {
        var (_, client) = await RepositoryAsync();
        using var response = await client.PutManifestAsync("v1", Encoding.UTF8.GetBytes(document));
        Assert.That((response.StatusCode, await RegistryClient.ErrorAsync(response)), Is.EqualTo((HttpStatusCode.BadRequest, code)));
    }

    [Test]
    public async Task A_manifest_of_a_foreign_type_is_refused()
    {
        var (_, client) = await RepositoryAsync();
        using var response = await client.PutManifestAsync("v1", "{}"u8.ToArray(), "application/vnd.docker.distribution.manifest.v1+prettyjws");
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("is not supported"));
    }

    [Test]
    public async Task A_manifest_that_lies_about_sizes_is_refused()
    {
        var (_, client) = await RepositoryAsync();
        var image = new TestImage("sized");
        await client.PushBlobAsync(image.Config);
        await client.PushBlobAsync(image.Layer);
        var lie = JsonNode.Parse(image.Manifest)!;
        lie["layers"]![0]!["size"] = 1;
        using var response = await client.PutManifestAsync("v1", Encoding.UTF8.GetBytes(lie.ToJsonString()));
        Assert.That(await RegistryClient.ErrorAsync(response), Is.EqualTo("SIZE_INVALID"));
    }

    [Test]
    public async Task A_manifest_that_is_too_large_is_refused()
    {
        var (_, client) = await RepositoryAsync();
        using var response = await client.PutManifestAsync("v1", new byte[(4 * 1024 * 1024) + 1]);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task A_deleted_tag_and_a_deleted_image_are_gone()
    {
        var (_, client) = await RepositoryAsync();
        var image = new TestImage("short-lived");
        await client.PushAsync(image, "v1");
        using var tag = await client.DeleteAsync("manifests/v1");
        using var untagged = await client.HeadAsync("manifests/v1");
        using var still = await client.HeadAsync($"manifests/{image.Digest}");
        using var all = await client.DeleteAsync($"manifests/{image.Digest}");
        using var gone = await client.GetAsync($"manifests/{image.Digest}");
        Assert.That(
            new[] { tag.StatusCode, untagged.StatusCode, still.StatusCode, all.StatusCode, gone.StatusCode },
            Is.EqualTo(new[] { HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.NotFound }));
        Assert.That(await RegistryClient.ErrorAsync(gone), Is.EqualTo("MANIFEST_UNKNOWN"));
    }

    [Test]
    public async Task Tags_come_in_order_and_in_pages()
    {
        var (name, client) = await RepositoryAsync();
        foreach (var tag in new[] { "c", "a", "b" }) await client.PushAsync(new TestImage("tags"), tag);
        using var first = await client.GetAsync("tags/list?n=2");
        Assert.That(await first.Content.ReadAsStringAsync(), Is.EqualTo($$"""{"name":"{{name}}","tags":["a","b"]}"""));
        var next = first.Headers.GetValues("Link").Single();
        Assert.That(next, Is.EqualTo($"</v2/{name}/tags/list?n=2&last=b>; rel=\"next\""));
        using var second = await Http.GetAsync(next[1..next.IndexOf('>', StringComparison.Ordinal)]);
        Assert.That(await second.Content.ReadAsStringAsync(), Does.Contain("[\"c\"]"));
        Assert.That(second.Headers.Contains("Link"), Is.False);
        using var wrong = await client.GetAsync("tags/list?n=-1");
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_catalog_lists_the_repositories()
    {
        var (name, _) = await RepositoryAsync();
        using var response = await Http.GetAsync("/v2/_catalog");
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"\"{name}\"").And.Contain("\"stream-ml-service\""));
    }

    [TestCase("/v2/..%2f..%2fetc/manifests/passwd", 400)]
    [TestCase("/v2/%2e%2e/%2e%2e/etc/passwd", 404)]
    [TestCase("/v2/UPPER/manifests/v1", 400)]
    [TestCase("/v2/a/manifests/v1", 400)]
    [TestCase("/v2/stream-ml-service/manifests/..%2f..%2fx", 400)]
    [TestCase("/v2/stream-ml-service/manifests/-x", 400)]
    [TestCase("/v2/stream-ml-service/manifests/sha256:00", 400)]
    [TestCase("/v2/stream-ml-service/blobs/sha256:..", 400)]
    [TestCase("/v2/stream-ml-service/blobs/uploads/..%2fx", 404)]
    [TestCase("/v2/stream-ml-service/referrers/sha256:00", 404)]
    [TestCase("/v2/stream-ml-service", 404)]
    [TestCase("/v2//manifests/v1", 404)]
    [TestCase("/v2/stream-ml-service/manifests/v1%00", 400)]
    public async Task A_path_of_another_form_is_refused(string path, int status)
    {
        using var response = await Http.GetAsync(path);
        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
    }
}
