using Microsoft.Extensions.Time.Testing;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BuildImageTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly RecordingReport _report = new();
    private readonly FakeImageRegistry _registry = new();
    private readonly FakeImageBuilder _builder = new("sdk");
    private FakeProcessRunner _processes = null!;
    private TemporaryFolder _folder = null!;
    private ArtifactStore _store = null!;
    private RegistryClient _client = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _folder.Write("src/App/App.csproj", "<Project />");
        _folder.Write("src/App/Program.cs", "class Program;");
        _folder.Write("src/App/Dockerfile", "FROM scratch");
        _store = new ArtifactStore(_folder.Path, "local");
        _client = new RegistryClient(TimeProvider.System);
        _processes = new FakeProcessRunner()
            .Answers("git", $"# branch.oid {Commit}", "# branch.head main", "1 .M N... 100644 100644 100644 a b src/App/Program.cs")
            .Answers("dotnet", "10.0.100");
    }

    [TearDown]
    public void TearDown()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_first_run_builds_and_leaves_what_it_built()
    {
        var artifact = (await Run())!;

        Assert.Multiple(() =>
        {
            Assert.That(_store.Read<BuildArtifact>(), Is.EqualTo(artifact));
            Assert.That(artifact.Tag, Is.EqualTo($"0123456789ab-{artifact.Fingerprint![..8]}"));
            Assert.That(artifact.Commit, Is.EqualTo(Commit));
            Assert.That(artifact.Dirty, Is.True);
            Assert.That(artifact.Image!.Archive, Is.EqualTo($"artifacts/images/{artifact.Tag}.tar"));
            Assert.That(_builder.Requests.Single().Labels, Is.EqualTo(new Dictionary<string, string>
            {
                ["org.opencontainers.image.version"] = artifact.Tag,
                ["org.opencontainers.image.revision"] = Commit,
                ["slipway.fingerprint"] = artifact.Fingerprint!,
                ["slipway.dirty"] = "true",
            }));
            Assert.That(_report.Facts, Is.EqualTo(new[] { $"Image 'stream-ml-service:{artifact.Tag}' is built (sdk, linux/amd64)." }));
        });
    }

    [Test]
    public async Task A_second_run_without_a_change_builds_nothing()
    {
        var first = await Run();
        _processes.Answers("git", "# branch.oid " + new string('f', 40));

        var second = await Run();

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first), "another commit of the same sources is the same image");
            Assert.That(_builder.Requests, Has.Count.EqualTo(1));
            Assert.That(_report.Facts[^1], Is.EqualTo($"Image 'stream-ml-service:{first!.Tag}' is unchanged: nothing to build."));
        });
    }

    [TestCase("edit")]
    [TestCase("delete")]
    [TestCase("sdk")]
    [TestCase("platform")]
    [TestCase("image gone")]
    [TestCase("rebuild")]
    [TestCase("tag")]
    [TestCase("broken artifact")]
    public async Task Whatever_changes_the_image_builds_it_again(string change)
    {
        await Run();
        var settings = TestSettings.Local;
        switch (change)
        {
            case "edit": _folder.Write("src/App/Program.cs", "class Other;"); break;
            case "delete": File.Delete(_folder.Combine("src/App/Program.cs")); break;
            case "sdk": _processes.Answers("dotnet", "10.0.200"); break;
            case "platform": settings = settings with { Platform = "linux/arm64" }; break;
            case "image gone": _builder.Present.Clear(); break;
            case "rebuild": settings = settings with { Rebuild = true }; break;
            case "tag": settings = settings with { ImageTag = "v1" }; break;
            default: _store.WriteText("build.json", "{"); break;
        }

        await Run(settings);

        Assert.That(_builder.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_fresh_clone_builds_nothing_that_the_repository_has()
    {
        var first = (await Run())!;
        _store.Remove<BuildArtifact>();
        _registry.Put(first.Tag, Digests.Of("x"));

        var second = (await Run())!;

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first with { Image = null }));
            Assert.That(_builder.Requests, Has.Count.EqualTo(1));
            Assert.That(_report.Facts[^1], Does.EndWith("is already in the repository: nothing to build."));
        });
    }

    [Test]
    public async Task An_image_that_is_gone_here_and_present_there_is_not_built_again()
    {
        var first = (await Run())!;
        _builder.Present.Clear();
        _registry.Put(first.Tag, Digests.Of("x"));
        _processes.Answers("git", "# branch.oid " + new string('f', 40));

        var second = await Run();

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first with { Image = null }));
            Assert.That(_builder.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_tag_that_a_person_chose_proves_nothing()
    {
        _registry.Put("v1", Digests.Of("somebody else's"));

        await Run(TestSettings.Local with { ImageTag = "v1" });

        Assert.That(_builder.Requests.Single().Tag, Is.EqualTo("v1"));
    }

    [Test]
    public async Task A_registry_that_cannot_be_asked_is_a_detail()
    {
        _registry.Failure = new SlipwayException(ExitCode.PreconditionFailed, "no credentials");

        await Run();

        Assert.Multiple(() =>
        {
            Assert.That(_builder.Requests, Has.Count.EqualTo(1));
            Assert.That(_report.Details, Has.Some.Contains("no credentials"));
        });
    }

    [Test]
    public async Task Without_git_the_tag_is_the_fingerprint()
    {
        _processes.Answers("git", 128, "fatal: detected dubious ownership in repository");

        var artifact = (await Run())!;

        Assert.Multiple(() =>
        {
            Assert.That(artifact.Tag, Is.EqualTo(artifact.Fingerprint![..12]));
            Assert.That(artifact.Commit, Is.Null);
            Assert.That(_report.Details, Has.Some.Contains("dubious ownership"));
            Assert.That(
                _builder.Requests.Single().Labels.Keys,
                Is.EquivalentTo(new[] { "org.opencontainers.image.version", "slipway.fingerprint" }));
        });
    }

    [Test]
    public async Task A_repository_without_a_commit_has_none()
    {
        _processes.Answers("git", "# branch.oid (initial)", "? src/");

        Assert.That((await Run())!.Commit, Is.Null);
    }

    [Test]
    public async Task A_given_image_leaves_nothing_to_build()
    {
        var artifact = await Run(TestSettings.Local with { Image = "127.0.0.1:4570/app:1" });

        Assert.Multiple(() =>
        {
            Assert.That(artifact, Is.Null);
            Assert.That(_store.Exists("build.json"), Is.False);
            Assert.That(_processes.Requests, Is.Empty);
            Assert.That(_report.Facts, Is.EqualTo(new[] { "Nothing to build: the image '127.0.0.1:4570/app:1' is given." }));
        });
    }

    [Test]
    public async Task The_docker_builder_needs_its_Dockerfile()
    {
        File.Delete(_folder.Combine("src/App/Dockerfile"));

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Run(builder: new FakeImageBuilder("docker")));

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Is.EqualTo("The Dockerfile 'src/App/Dockerfile' is missing."));
            Assert.That(failure.Remedy, Does.Contain("--dockerfile"));
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.InvalidInput));
        });
    }

    [Test]
    public async Task Two_builders_make_two_images_of_the_same_sources()
    {
        var sdk = (await Run())!;
        var docker = (await Run(builder: new FakeImageBuilder("docker")))!;

        Assert.Multiple(() =>
        {
            Assert.That(docker.Tag, Is.Not.EqualTo(sdk.Tag));
            Assert.That(docker.Sources, Is.EqualTo(sdk.Sources));
        });
    }

    [Test]
    public async Task Another_base_image_under_the_same_name_is_a_change()
    {
        await using var registry = await TestRegistry.StartAsync();
        var settings = TestSettings.Local with { BaseImage = $"{registry.Host}/dotnet/aspnet:10.0" };
        registry.Seed("dotnet/aspnet", "10.0", new OciImage("old"u8.ToArray()));
        var before = (await Run(settings))!;
        registry.Seed("dotnet/aspnet", "10.0", new OciImage("new"u8.ToArray()));

        var after = (await Run(settings))!;

        Assert.Multiple(() =>
        {
            Assert.That(after.Fingerprint, Is.Not.EqualTo(before.Fingerprint));
            Assert.That(_builder.Requests[0].BaseImage, Is.EqualTo(settings.BaseImage));
        });
    }

    [Test]
    public async Task Where_no_base_image_is_set_the_Dockerfile_s_counts()
    {
        _folder.Write("src/App/Dockerfile", "# ARG BASE_IMAGE=no\nARG BASE_IMAGE=127.0.0.1:9/dotnet/aspnet:10.0\nFROM ${BASE_IMAGE}\n");
        using var client = new RegistryClient(new InstantTime());

        await new BuildImage(TestSettings.Local, _store, _builder, Inputs(client), _registry, _report).RunAsync(CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(_builder.Requests.Single().BaseImage, Is.EqualTo("127.0.0.1:9/dotnet/aspnet:10.0"));
            Assert.That(_report.Details, Has.Some.Contains("its name counts alone"));
        });
    }

    private Task<BuildArtifact?> Run(DeploymentSettings? settings = null, FakeImageBuilder? builder = null) =>
        new BuildImage(settings ?? TestSettings.Local, _store, builder ?? _builder, Inputs(_client), _registry, _report).RunAsync(
            CancellationToken.None);

    private ImageInputs Inputs(RegistryClient client) => new(_folder.Path, _processes, client, new FakeTimeProvider(), _report);
}
