using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Artifacts;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LoginStoreTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly RegistryLogin Login = new("http://127.0.0.1:4570", "AWS", "p:a:s:s", Now.AddHours(12));

    private readonly FakeTimeProvider _time = new(Now);
    private TemporaryFolder _folder = null!;
    private LoginStore _logins = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _logins = new LoginStore(new ArtifactStore(_folder.Path, "local"), _time);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void A_login_reads_back()
    {
        _logins.Save(Login with { Password = "former" });
        _logins.Save(Login);

        Assert.That(_logins.Read(), Is.EqualTo(Login));
    }

    [Test]
    public void Docker_finds_the_login_by_host_and_port()
    {
        _logins.Save(Login);

        Assert.That(File.ReadAllText(Path.Combine(_logins.ConfigFolder, "config.json")), Does.Contain("\"127.0.0.1:4570\": {"));
    }

    [Test]
    public void Only_this_user_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("has no file modes");
            return;
        }

        _logins.Save(Login);
        var (file, folder) =
            (File.GetUnixFileMode(Path.Combine(_logins.ConfigFolder, "config.json")), File.GetUnixFileMode(_logins.ConfigFolder));

        Assert.Multiple(() =>
        {
            Assert.That(file, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(folder, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        });
    }

    [Test]
    public void The_expiry_is_kept_without_the_secret()
    {
        _logins.Save(Login);

        Assert.That(
            File.ReadAllText(_folder.Combine("artifacts/deploy/local/login.json")),
            Does.Contain("2026-11-22T22:00:00").And.Not.Contain("p:a:s:s"));
    }

    [Test]
    public void A_missing_login_says_what_to_run() => Refused("There is no login to the registry, environment 'local'.");

    [Test]
    public void An_expired_login_says_what_to_run()
    {
        _logins.Save(Login);
        _time.Advance(TimeSpan.FromHours(12));

        Refused("The login to 'http://127.0.0.1:4570' ended at 2026-11-22 22:00:00 UTC, environment 'local'.");
    }

    [TestCase("docker-config/config.json", "{")]
    [TestCase("docker-config/config.json", "{\"auths\":{}}")]
    [TestCase("docker-config/config.json", "{\"auths\":{\"127.0.0.1:4570\":{\"auth\":\"not base 64\"}}}")]
    [TestCase("docker-config/config.json", "{\"auths\":{\"127.0.0.1:4570\":{\"auth\":\"QVdT\"}}}")]
    [TestCase("docker-config/config.json", "{\"auths\":[]}")]
    [TestCase("docker-config/config.json", "{\"auths\":{\"127.0.0.1:4570\":{\"auth\":{}}}}")]
    [TestCase("login.json", "{\"schema\":1}")]
    [TestCase("login.json", "{\"schema\":1,\"endpoint\":{},\"expiresAt\":1}")]
    [TestCase("login.json", "nothing")]
    public void A_broken_login_is_refused_without_a_word_of_its_content(string file, string content)
    {
        _logins.Save(Login);
        _folder.Write("artifacts/deploy/local/" + file, content);

        Refused("The login to the registry cannot be read, environment 'local'.");
    }

    [Test]
    public void A_removed_login_leaves_nothing()
    {
        _logins.Save(Login);

        _logins.Remove();

        Assert.Multiple(() =>
        {
            Assert.That(_logins.Exists, Is.False);
            Assert.That(Directory.EnumerateFileSystemEntries(_folder.Combine("artifacts/deploy/local")), Is.Empty);
        });
    }

    private void Refused(string message)
    {
        var failure = Assert.Throws<SlipwayException>(() => _logins.Read());
        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Is.EqualTo(message));
            Assert.That(failure.Remedy, Is.EqualTo("run ./build.sh --target=EcrLogin --environment=local"));
            Assert.That(failure.ToString(), Does.Not.Contain("p:a:s:s"));
        });
    }
}
