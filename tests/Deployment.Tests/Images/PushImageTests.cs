using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PushImageTests
{
    private const string Tag = "0123456789ab-4a5b6c7d";
    private static readonly string Id = Digests.Of("built");
    private static readonly string Other = Digests.Of("other");

    private readonly RecordingReport _report = new();
    private readonly FakeImageRegistry _registry = new();
    private FakeImagePusher _pusher = null!;
    private TemporaryFolder _folder = null!;
    private ArtifactStore _store = null!;
    private LoginStore _logins = null!;
    private RegistryClient _client = null!;
    private ImageInputs _inputs = null!;

    [SetUp]
    public async Task SetUp()
    {
        _folder = new TemporaryFolder();
        _folder.Write("src/App/App.csproj", "<Project />");
        _folder.Write("src/App/Program.cs", "class Program;");
        _store = new ArtifactStore(_folder.Path, "local");
        _logins = new LoginStore(_store, TimeProvider.System);
        _client = new RegistryClient(TimeProvider.System);
        _inputs = new ImageInputs(_folder.Path, new FakeProcessRunner(), _client, TimeProvider.System, _report);
        _pusher = new FakeImagePusher("sdk", _registry);
        _store.Write(Build(new BuiltImage("sdk", null, "artifacts/images/x.tar", Id)));
        await new LogIn(TestSettings.Local, _logins, _registry, null, _report).RunAsync(CancellationToken.None);
    }

    [TearDown]
    public void TearDown()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_new_image_is_sent_and_its_digest_read_back()
    {
        var image = await Run();

        Assert.Multiple(() =>
        {
            Assert.That(_pusher.Pushes, Is.EqualTo(new[] { (Tag, _registry.Login) }));
            Assert.That(image.Uri, Is.EqualTo($"123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service@{Id}"));
            Assert.That(image, Is.EqualTo(_store.Read<ImageArtifact>()));
            Assert.That(
                _report.Facts[^1], Is.EqualTo($"Pushed '123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:{Tag}' ({Id})."));
        });
    }

    [Test]
    public async Task Push_reuses_the_digest_when_the_tag_is_already_there()
    {
        _registry.Put(Tag, Id);
        _logins.Remove();

        var image = await Run();

        Assert.Multiple(() =>
        {
            Assert.That(image.Digest, Is.EqualTo(Id));
            Assert.That(_pusher.Pushes, Is.Empty);
            Assert.That(
                _report.Facts[^1],
                Is.EqualTo($"Image 'stream-ml-service:{Tag}' is already in the repository with the same digest: nothing to push."));
        });
    }

    [Test]
    public async Task An_immutable_tag_with_another_digest_is_an_error_with_both()
    {
        _registry.ImmutableTags = true;
        _registry.Put(Tag, Other);

        var failure = await Refused(ExitCode.PushFailed);

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.Contain(Id).And.Contain(Other).And.Contain("immutable"));
            Assert.That(failure.Remedy, Does.Contain("--image-tag"));
            Assert.That(_pusher.Pushes, Is.Empty);
            Assert.That(_store.Exists("image.json"), Is.False);
        });
    }

    [Test]
    public async Task A_mutable_tag_is_written_again()
    {
        _registry.Put(Tag, Other);

        Assert.That((await Run()).Digest, Is.EqualTo(Id));
    }

    [Test]
    public async Task What_DockerBuild_found_in_the_repository_is_not_sent()
    {
        _store.Write(Build(null));
        _registry.Put(Tag, Other);

        var image = await Run();

        Assert.Multiple(() =>
        {
            Assert.That(image.Digest, Is.EqualTo(Other));
            Assert.That(_pusher.Pushes, Is.Empty);
        });
    }

    [Test]
    public async Task What_DockerBuild_found_and_is_gone_must_be_built()
    {
        _store.Write(Build(null));

        Assert.That(
            (await Refused(ExitCode.PushFailed)).Remedy, Is.EqualTo("run ./build.sh --target=DockerBuild --environment=local --rebuild"));
    }

    [Test]
    public async Task Without_a_login_it_says_what_to_run()
    {
        _logins.Remove();

        Assert.That(
            (await Refused(ExitCode.PreconditionFailed)).Remedy, Is.EqualTo("run ./build.sh --target=EcrLogin --environment=local"));
    }

    [Test]
    public async Task Without_a_build_it_says_what_to_run()
    {
        _store.Remove<BuildArtifact>();

        Assert.That(
            (await Refused(ExitCode.PreconditionFailed)).Remedy, Is.EqualTo("run ./build.sh --target=DockerBuild --environment=local"));
    }

    [Test]
    public async Task Sources_that_changed_since_the_build_are_not_pushed_as_if_they_were_built()
    {
        _folder.Write("src/App/Program.cs", "class Other;");

        var failure = await Refused(ExitCode.PreconditionFailed);

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.Contain("is stale: the sources have changed since DockerBuild"));
            Assert.That(failure.Remedy, Does.Contain("--target=DockerBuild"));
        });
    }

    [Test]
    public async Task A_build_for_another_repository_is_refused() =>
        Assert.That(
            (await Refused(ExitCode.PreconditionFailed, TestSettings.Local with { Repository = "other" })).Message,
            Does.Contain("is of repository 'stream-ml-service'"));

    [Test]
    public async Task A_push_that_left_nothing_is_an_error()
    {
        _pusher.Result = _ => null;

        Assert.That((await Refused(ExitCode.PushFailed)).Message, Does.Contain("the repository does not have it"));
    }

    [Test]
    public async Task A_tag_that_somebody_else_wrote_under_way_is_an_error()
    {
        _pusher.Result = _ => Other;

        Assert.That((await Refused(ExitCode.PushFailed)).Message, Does.Contain("somebody else wrote that tag"));
    }

    [Test]
    public async Task An_image_of_a_builder_that_is_not_here_is_refused()
    {
        _store.Write(Build(new BuiltImage("docker", "stream-ml-service:x", null, Id)));

        Assert.That((await Refused(ExitCode.PreconditionFailed)).Message, Does.Contain("'docker', which is not available here"));
    }

    [Test]
    public async Task An_engine_s_image_is_known_again_by_its_configuration()
    {
        await using var server = await TestRegistry.StartAsync();
        var image = new OciImage("layer"u8.ToArray());
        server.Seed("stream-ml-service", Tag, image);
        var registry = new FakeImageRegistry { Host = server.Host, Login = server.Login, ImmutableTags = true };
        registry.Put(Tag, image.Digest);
        _logins.Save(server.Login);
        _store.Write(Build(new BuiltImage("docker", "stream-ml-service:x", null, Digests.Of(image.Config))));
        var pusher = new FakeImagePusher("docker", registry);

        var artifact =
            await new PushImage(TestSettings.Local, _store, _logins, _inputs, registry, registry, _client, [pusher], _report, new InstantTime()).RunAsync(
                CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(artifact!.Uri, Is.EqualTo($"{server.Host}/stream-ml-service@{image.Digest}"));
            Assert.That(pusher.Pushes, Is.Empty);
        });
    }

    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:v1")]
    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service@DIGEST")]
    public async Task A_given_image_is_looked_up_by_tag_or_digest(string image)
    {
        _registry.Put("v1", Other);

        var artifact = await Run(TestSettings.Local with { Image = image.Replace("DIGEST", Other, StringComparison.Ordinal) });

        Assert.Multiple(() =>
        {
            Assert.That(artifact.Uri, Is.EqualTo($"123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service@{Other}"));
            Assert.That(artifact.Fingerprint, Is.Null);
            Assert.That(_store.Read<ImageArtifact>(), Is.EqualTo(artifact));
            Assert.That(_pusher.Pushes, Is.Empty);
        });
    }

    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/stream-ml-service:v2", "has no image 'v2'")]
    [TestCase("public.example/app:1", "its tag may change")]
    public async Task A_given_image_that_cannot_be_pinned_is_refused(string image, string message)
    {
        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Run(TestSettings.Local with { Image = image }));

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.Contain(message));
            Assert.That(failure.Remedy, Is.Not.Null);
        });
    }

    [Test]
    public async Task A_given_image_in_another_registry_is_taken_by_its_digest() =>
        Assert.That(
            (await Run(TestSettings.Local with { Image = $"public.example/app:1@{Other}" })).Uri,
            Is.EqualTo($"public.example/app@{Other}"));

    [Test]
    public void The_login_never_shows_its_secret()
    {
        var text = string.Join('\n', _report.Entries) + _registry.Login;

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Not.Contain(_registry.Login.Password));
            Assert.That(
                _report.Facts[0],
                Is.EqualTo("Logged in to 'https://123456789012.dkr.ecr.us-east-1.amazonaws.com' as AWS until 2050-01-01 00:00 UTC."));
        });
    }

    [Test]
    public async Task A_login_that_the_engine_refuses_is_not_kept()
    {
        var engine = new RefusingEngine();

        await Assert.ThrowsAsync<SlipwayException>(
            () => new LogIn(TestSettings.Local, _logins, _registry, engine, _report).RunAsync(CancellationToken.None));

        Assert.That(_logins.Exists, Is.False);
    }

    [Test]
    public async Task A_given_image_needs_no_login()
    {
        _logins.Remove();

        await new LogIn(TestSettings.Local with { Image = "a/b:1" }, _logins, _registry, null, _report).RunAsync(CancellationToken.None);

        Assert.That(_logins.Exists, Is.False);
    }

    [Test]
    public void Logging_out_removes_the_login_and_twice_is_fine()
    {
        var logOut = new LogOut(_logins, _report);

        logOut.Run();
        logOut.Run();

        Assert.That(_logins.Exists, Is.False);
    }

    [Test]
    public async Task With_an_existing_revision_nothing_is_asked_or_pushed()
    {
        var settings = TestSettings.Local with { TaskDefinition = new TaskDefinitionSource.Revision("web:42") };

        var artifact = await new PushImage(settings, _store, _logins, _inputs, _registry, _registry, _client, [_pusher], _report, new InstantTime()).RunAsync(CancellationToken.None);

        Assert.That(artifact, Is.Null);
        Assert.That(_report.Facts[^1], Is.EqualTo("Nothing to push: the revision 'web:42' is deployed as it is."));
        Assert.That(_store.Exists("image.json"), Is.False);
    }

    private async Task<SlipwayException> Refused(ExitCode exitCode, DeploymentSettings? settings = null)
    {
        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Run(settings));
        Assert.That(failure.ExitCode, Is.EqualTo(exitCode));
        return failure;
    }

    private async Task<ImageArtifact> Run(DeploymentSettings? settings = null) =>
        (await new PushImage(settings ?? TestSettings.Local, _store, _logins, _inputs, _registry, _registry, _client, [_pusher], _report, new InstantTime()).RunAsync(
            CancellationToken.None))!;

    private BuildArtifact Build(BuiltImage? image) => new(
        BuildArtifact.CurrentSchema, "local", new string('4', 64), _inputs.Sources(TestSettings.Local, CancellationToken.None),
        "stream-ml-service", Tag, "linux/amd64", null, false, image);

    private sealed class RefusingEngine : IEngineLogin
    {
        public Task LogInAsync(RegistryLogin login, string configFolder, CancellationToken cancellationToken) =>
            throw new SlipwayException(ExitCode.PreconditionFailed, "the engine refused");
    }
}
