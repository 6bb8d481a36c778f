using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Hosting;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Tests.Registry;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Images;

/// <summary>A cloud whose images lie in another registry on this machine: here, in that of a second cloud.</summary>
internal sealed class ExternalRegistryTests : RegistryFixture
{
    private string _folder = null!;
    private CloudHost _front = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartFrontAsync()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-external-").FullName;
        WriteLogin(Cloud.Services.GetRequiredService<RegistryTokens>().Issue().Password);
        _front = await CloudHost.StartAsync(new LocalCloudOptions(0, 0, Path.Combine(_folder, "state"), "process")
        {
            Registry = new Uri(Cloud.Ports.Endpoint),
            RegistryLogin = LoginFile,
        });
        _http = new HttpClient { BaseAddress = new Uri(_front.Ports.Endpoint) };
    }

    [TearDown]
    public async Task StopFrontAsync()
    {
        _http.Dispose();
        await _front.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task ECR_names_the_other_registry_and_hands_out_its_login()
    {
        var repository = (await Front.OkAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = "web" }))["repository"]!;
        var data = (await Front.OkAsync("ecr", "GetAuthorizationToken", new JsonObject()))["authorizationData"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)repository["repositoryUri"], Is.EqualTo($"{Cloud.Ports.Registry}/web"));
            Assert.That((string?)data["proxyEndpoint"], Is.EqualTo(Cloud.Ports.Endpoint));
            Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String((string)data["authorizationToken"]!)), Is.EqualTo(File.ReadAllText(LoginFile).Trim()));
        });
    }

    [Test]
    public async Task ECR_and_the_tasks_see_what_the_other_registry_has_now()
    {
        var (name, client) = await RepositoryAsync();
        await Front.OkAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = name });
        Assert.That(await DigestsAsync(name, "v1"), Is.Empty);
        var image = new TestImage("first");

        await client.PushAsync(image, "v1");

        var resolved = _front.Services.GetRequiredService<IImageStore>().Resolve($"{Cloud.Ports.Registry}/{name}:v1");
        Assert.Multiple(async () =>
        {
            Assert.That(await DigestsAsync(name, "v1"), Is.EqualTo(new[] { image.Digest }));
            Assert.That((resolved!.Digest, resolved.Reference), Is.EqualTo((image.Digest, $"{Cloud.Ports.Registry}/{name}@{image.Digest}")));
            Assert.That(
                (await Front.OkAsync("ecr", "ListImages", new JsonObject { ["repositoryName"] = name }))["imageIds"]!.AsArray(), Has.Count.EqualTo(1));
        });

        using var deleted = await client.DeleteAsync("manifests/v1");
        Assert.That(await DigestsAsync(name, "v1"), Is.Empty);
    }

    [Test]
    public async Task An_index_comes_with_its_manifests()
    {
        var (name, client) = await RepositoryAsync();
        await Front.OkAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = name });
        var (amd, arm) = (new TestImage("amd"), new TestImage("arm", "arm64"));
        await client.PushAsync(amd, amd.Digest);
        await client.PushAsync(arm, arm.Digest);
        var index = TestImage.Index((amd, "amd64"), (arm, "arm64"));
        using var put = await client.PutManifestAsync("v1", index, TestImage.IndexType);

        var resolved = _front.Services.GetRequiredService<IImageStore>().Resolve($"{Cloud.Ports.Registry}/{name}:v1");

        Assert.That(await DigestsAsync(name, "v1"), Is.EqualTo(new[] { TestImage.DigestOf(index) }));
        Assert.That(resolved!.Digest, Is.AnyOf(amd.Digest, arm.Digest), "the task takes the manifest of this machine");
    }

    [Test]
    public async Task A_login_that_the_other_registry_refuses_is_told()
    {
        await Front.OkAsync("ecr", "CreateRepository", new JsonObject { ["repositoryName"] = "web" });
        WriteLogin("s3cret-and-wrong");

        var answer = await Front.CallAsync("ecr", "ListImages", new JsonObject { ["repositoryName"] = "web" });

        Assert.That(
            (answer.Code, answer.Message),
            Is.EqualTo(("UnableToGetUpstreamImageException", $"LocalCloud cannot read the registry at {Cloud.Ports.Endpoint}: it refuses the login of 'AWS'")));
    }

    private string LoginFile => Path.Combine(_folder, "login");

    private SignedClient Front => new(_http);

    private void WriteLogin(string password) => File.WriteAllText(LoginFile, $"{RegistryTokens.User}:{password}\n");

    private async Task<IEnumerable<string>> DigestsAsync(string repository, string tag)
    {
        var input = new JsonObject { ["repositoryName"] = repository, ["imageIds"] = new JsonArray(new JsonObject { ["imageTag"] = tag }) };
        return (await Front.OkAsync("ecr", "BatchGetImage", input))["images"]!.AsArray().Select(image => (string)image!["imageId"]!["imageDigest"]!);
    }
}
