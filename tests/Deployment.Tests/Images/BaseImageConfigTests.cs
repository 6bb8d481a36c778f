using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BaseImageConfigTests : IDisposable
{
    private const string Host = "210987654321.dkr.ecr.eu-west-1.amazonaws.com";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void What_the_user_has_stays_in_force_beside_the_login_and_their_file_is_not_changed()
    {
        var file = _folder.Write("home/config.json", """
            { "auths": { "ghcr.io": { "auth": "dTpw" } }, "credsStore": "desktop", "credHelpers": { "gcr.io": "gcloud" }, "currentContext": "colima" }
            """);
        var before = SHA256.HashData(File.ReadAllBytes(file));

        using var config = BaseImageConfig.CreateFrom(_folder.Path, Request(Login), _folder.Combine("home"))!;

        var made = JObject.Parse(File.ReadAllText(Path.Combine(config.Folder, "config.json")));
        Assert.Multiple(() =>
        {
            Assert.That((string?)made["auths"]!["ghcr.io"]!["auth"], Is.EqualTo("dTpw"));
            Assert.That((string?)made["auths"]![Host]!["auth"], Is.EqualTo(Convert.ToBase64String("AWS:s3cret"u8)));
            Assert.That((string?)made["credsStore"], Is.EqualTo("desktop"));
            Assert.That((string?)made["credHelpers"]!["gcr.io"], Is.EqualTo("gcloud"));
            Assert.That((string?)made["credHelpers"]![Host], Is.Empty, "the user's helper does not know this login");
            Assert.That(made["currentContext"], Is.Null, "the engine's address is given by DOCKER_HOST");
            Assert.That(made["cliPluginsExtraDirs"]!.Select(folder => (string?)folder), Is.EqualTo(new[] { _folder.Combine("home/cli-plugins") }));
            Assert.That(SHA256.HashData(File.ReadAllBytes(file)), Is.EqualTo(before));
        });
    }

    [TestCase(null)]
    [TestCase("{ not json")]
    public void A_user_without_a_proper_configuration_gets_the_login_all_the_same(string? text)
    {
        if (text is not null) _folder.Write("home/config.json", text);

        using var config = BaseImageConfig.CreateFrom(_folder.Path, Request(Login), _folder.Combine("home"))!;

        Assert.That(JObject.Parse(File.ReadAllText(Path.Combine(config.Folder, "config.json")))["auths"]![Host], Is.Not.Null);
    }

    [Test]
    public void The_folder_is_gone_in_the_end()
    {
        var config = BaseImageConfig.Create(_folder.Path, Request(Login))!;
        Assert.That(Directory.Exists(config.Folder), Is.True);

        config.Dispose();

        Assert.That(Directory.Exists(config.Folder), Is.False);
    }

    [Test]
    public void Without_a_login_there_is_no_configuration()
    {
        Assert.That(BaseImageConfig.Create(_folder.Path, Request(null)), Is.Null);
        Assert.That(BaseImageConfig.CreateFrom(_folder.Path, Request(null), _folder.Path), Is.Null);
    }

    private static RegistryLogin Login => new($"https://{Host}", "AWS", "s3cret", DateTimeOffset.MaxValue);

    private static ImageBuildRequest Request(RegistryLogin? login) =>
        new("app", "t1", "a.csproj", "Dockerfile", $"{Host}/base:1", "linux/amd64", new Dictionary<string, string>(), "1") { BaseLogin = login };
}
