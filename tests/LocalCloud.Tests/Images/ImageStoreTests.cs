using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Tests.Registry;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Images;

internal sealed class ImageStoreTests : RegistryFixture
{
    private static string Machine => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "amd64" : "arm64";

    private static string Other => Machine == "amd64" ? "arm64" : "amd64";

    private IImageStore Store => Cloud.Services.GetRequiredService<IImageStore>();

    [Test]
    public async Task An_image_is_resolved_by_tag_by_digest_and_by_both()
    {
        var (name, client) = await RepositoryAsync();
        var image = new TestImage("resolved");
        await client.PushAsync(image, "v1");
        foreach (var reference in new[] { $"127.0.0.1:1/{name}:v1", $"localhost/{name}@{image.Digest}", $"{Cloud.Ports.Registry}/{name}:v1@{image.Digest}", $"[::1]:9/{name}:v1" })
        {
            var resolved = Store.Resolve(reference);
            Assert.That(resolved?.Digest, Is.EqualTo(image.Digest), reference);
            Assert.That(resolved!.Reference, Is.EqualTo($"{Cloud.Ports.Registry}/{name}@{image.Digest}"));
            Assert.That(File.ReadAllBytes(resolved.Layers.Single().File), Is.EqualTo(image.Layer));
            Assert.That(JsonNode.Parse(resolved.ConfigJson)!["config"]!["Cmd"]![0]!.GetValue<string>(), Is.EqualTo("/hello"));
        }
    }

    [TestCase("nginx")]
    [TestCase("docker.io/library/nginx:latest")]
    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:v1")]
    [TestCase("127.0.0.1:1/stream-ml-service:seed")]
    [TestCase("127.0.0.1:1/../x:y")]
    [TestCase("127.0.0.1:1/stream-ml-service@sha256:..")]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("@")]
    public void What_is_not_here_is_not_resolved(string reference) => Assert.That(Store.Resolve(reference), Is.Null);

    [Test]
    public async Task An_index_is_resolved_to_this_machines_platform_past_attestations()
    {
        var (name, client) = await RepositoryAsync();
        var (ours, others, attestation) = (new TestImage("ours", Machine), new TestImage("others", Other), new TestImage("attestation", "unknown"));
        foreach (var image in new[] { ours, others, attestation }) await client.PushAsync(image, image.Digest);
        using var pushed = await client.PutManifestAsync("v1", TestImage.Index((attestation, "unknown"), (others, Other), (ours, Machine)), TestImage.IndexType);
        Assert.That(Store.Resolve($"localhost/{name}:v1")?.Digest, Is.EqualTo(ours.Digest));
    }

    [Test]
    public async Task A_manifest_added_from_inside_is_pulled_from_outside()
    {
        var image = new TestImage("from inside");
        foreach (var bytes in new[] { image.Layer, image.Config })
        {
            var file = Path.Combine(Cloud.StateFolder, Guid.NewGuid().ToString("N"));
            await File.WriteAllBytesAsync(file, bytes);
            Assert.That(await Store.AddBlobAsync(file, default), Is.EqualTo(TestImage.DigestOf(bytes)));
        }

        var name = $"dotnet/{Unique("inside")}";
        Assert.That(Store.AddManifest(name, "10.0", TestImage.ManifestType, image.Manifest), Is.EqualTo(image.Digest));
        using var pulled = await Cloud.Http.GetAsync($"/v2/{name}/blobs/{TestImage.DigestOf(image.Layer)}");
        Assert.That(await pulled.Content.ReadAsByteArrayAsync(), Is.EqualTo(image.Layer));
    }

    [Test]
    public void A_manifest_whose_content_is_missing_is_not_added() => Assert.That(
        () => Store.AddManifest("dotnet/missing", "1", TestImage.ManifestType, new TestImage("missing").Manifest), Throws.ArgumentException);
}
