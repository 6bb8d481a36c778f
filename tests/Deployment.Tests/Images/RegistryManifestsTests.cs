using System.Text;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RegistryManifestsTests
{
    private static readonly string Child = Digests.Of(Encoding.UTF8.GetBytes("child"));

    private TestRegistry registry = null!;
    private RegistryClient client = null!;

    [SetUp]
    public async Task SetUp()
    {
        registry = await TestRegistry.StartAsync();
        client = new RegistryClient(new InstantTime());
    }

    [TearDown]
    public async Task TearDown()
    {
        client.Dispose();
        await registry.DisposeAsync();
    }

    [Test]
    public async Task An_index_tells_the_digests_of_its_manifests()
    {
        var index = Put("application/vnd.oci.image.index.v1+json", $$"""{ "schemaVersion": 2, "manifests": [{ "mediaType": "x", "digest": "{{Child}}", "size": 5 }] }""");

        Assert.That(await FindAsync(index), Is.EqualTo(new[] { Child }));
    }

    [Test]
    public async Task An_image_that_is_no_index_has_none()
    {
        var image = Put("application/vnd.oci.image.manifest.v1+json", """{ "schemaVersion": 2, "layers": [] }""");

        Assert.That(await FindAsync(image), Is.Empty);
    }

    [Test]
    public async Task What_is_not_there_has_none()
    {
        Assert.That(await FindAsync($"{registry.Host}/app@{Child}"), Is.Empty);
    }

    [Test]
    public async Task The_login_is_one_to_the_images_own_host()
    {
        var image = Put("application/vnd.oci.image.manifest.v1+json", """{ "schemaVersion": 2, "layers": [] }""");
        var logins = new FakeImageRegistry { Login = registry.Login };

        await new RegistryManifests(logins, client).FindAsync(image, CancellationToken.None);

        Assert.That(logins.LoggedInTo, Is.EqualTo(new[] { registry.Host }));
    }

    [Test]
    public async Task A_manifest_that_cannot_be_read_is_said_with_a_remedy()
    {
        var broken = Put("application/vnd.oci.image.index.v1+json", "{ \"manifests\": 7 }");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => FindAsync(broken));

        Assert.That(failure!.Message, Does.Contain(broken));
        Assert.That(failure.Remedy, Does.Contain("ecr:BatchGetImage"));
    }

    private Task<IReadOnlyList<string>> FindAsync(string image) =>
        new RegistryManifests(new FakeImageRegistry { Login = registry.Login }, client).FindAsync(image, CancellationToken.None);

    private string Put(string type, string manifest)
    {
        var content = Encoding.UTF8.GetBytes(manifest);
        var digest = Digests.Of(content);
        registry.Manifests[$"app@{digest}"] = (type, content);
        return $"{registry.Host}/app@{digest}";
    }
}
