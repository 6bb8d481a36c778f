using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Registry;

/// <summary>Skopeo and Docker, where they are.</summary>
internal sealed class RealClientTests : RegistryFixture
{
    private string Password => Cloud.Services.GetRequiredService<RegistryTokens>().Issue().Password;

    private string Folder => Directory.CreateDirectory(Path.Combine(Cloud.StateFolder, "test", Guid.NewGuid().ToString("N"))).FullName;

    private static async Task<string> OkAsync(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var result = await Tool.RunAsync(file, arguments, environment, input);
        Assert.That(result.ExitCode, Is.Zero, $"{file} {string.Join(' ', arguments)}\n{result.Output}{result.Error}");
        return result.Output;
    }

    [Test]
    public async Task Skopeo_logs_in_copies_an_image_in_and_out_and_inspects_it()
    {
        var skopeo = Tool.Find("skopeo");
        var (name, _) = await RepositoryAsync();
        var image = new TestImage("skopeo");
        var (source, target, auth) = (Folder, Folder, Path.Combine(Folder, "auth.json"));
        image.WriteLayout(source);
        var reference = $"docker://{Cloud.Ports.Registry}/{name}:v1";

        await OkAsync(skopeo, ["login", "--tls-verify=false", "--authfile", auth, "-u", "AWS", "--password-stdin", Cloud.Ports.Registry], input: Password);
        await OkAsync(skopeo, ["copy", "--dest-tls-verify=false", "--authfile", auth, $"oci:{source}", reference]);
        Assert.That(await OkAsync(skopeo, ["inspect", "--tls-verify=false", "--authfile", auth, "--format", "{{.Digest}}", reference]), Does.Contain(image.Digest));
        await OkAsync(skopeo, ["copy", "--src-tls-verify=false", "--authfile", auth, reference, $"oci:{target}:v1"]);
        Assert.That(File.ReadAllText(Path.Combine(target, "index.json")), Does.Contain(image.Digest));
    }

    [Test]
    public async Task Skopeo_reads_a_base_image_without_a_login()
    {
        var skopeo = Tool.Find("skopeo");
        var image = new TestImage("base");
        var name = $"dotnet/{Unique("base")}";
        await Signed.OkAsync("ecr", "CreateRepository", new System.Text.Json.Nodes.JsonObject { ["repositoryName"] = name });
        await new RegistryClient(Http, name).PushAsync(image, "10.0");
        Assert.That(await OkAsync(skopeo, ["inspect", "--tls-verify=false", "--no-creds", "--format", "{{.Digest}}", $"docker://{Cloud.Ports.Registry}/{name}:10.0"]), Does.Contain(image.Digest));
    }

    [Test]
    public async Task Docker_logs_in_pushes_pulls_and_pulls_a_base_image_without_a_login()
    {
        var docker = Tool.Find("docker");
        var version = await Tool.RunAsync(docker, ["version", "--format", "{{.Server.Version}}"]);
        if (version.ExitCode != 0) Assert.Ignore("no Docker Engine answers on this machine");
        var (name, _) = await RepositoryAsync();
        var pushed = $"{Cloud.Ports.Registry}/{name}:v1";
        var config = new Dictionary<string, string> { ["DOCKER_CONFIG"] = Folder };
        var tar = Path.Combine(Folder, "root.tar");
        await using (var stream = File.Create(tar)) System.Formats.Tar.TarFile.CreateFromDirectory(Folder, stream, includeBaseDirectory: true);
        try
        {
            await OkAsync(docker, ["import", tar, pushed], config);
            var refused = await Tool.RunAsync(docker, ["push", pushed], config);
            Assert.That(refused.ExitCode, Is.Not.Zero, "a push without a login");
            await OkAsync(docker, ["login", "-u", "AWS", "--password-stdin", Cloud.Ports.Registry], config, Password);
            await OkAsync(docker, ["push", pushed], config);
            await OkAsync(docker, ["rmi", pushed], config);
            await OkAsync(docker, ["pull", pushed], config);

            var image = new TestImage("base");
            var repository = $"dotnet/{Unique("base")}";
            await Signed.OkAsync("ecr", "CreateRepository", new System.Text.Json.Nodes.JsonObject { ["repositoryName"] = repository });
            await new RegistryClient(Http, repository).PushAsync(image, "10.0");
            var reference = $"{Cloud.Ports.Registry}/{repository}:10.0";
            await OkAsync(docker, ["pull", reference], new Dictionary<string, string> { ["DOCKER_CONFIG"] = Folder });
            await OkAsync(docker, ["rmi", reference], config);
        }
        finally
        {
            await Tool.RunAsync(docker, ["rmi", "-f", pushed], config);
        }
    }
}
