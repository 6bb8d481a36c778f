using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Artifacts;

internal sealed class ArtifactStoreTests
{
    private static readonly BuildArtifact Build = new(
        1, "local", new string('a', 64), new string('b', 64), "app", "tag", "linux/amd64", null, true,
        new BuiltImage("sdk", null, "artifacts/images/tag.tar", Digests.Of("x")));

    private static readonly ImageArtifact Image = new(
        1, "local", new string('a', 64), "app", "tag", Digests.Of("x"), "h/app@" + Digests.Of("x"), "linux/amd64", null);

    private TemporaryFolder _folder = null!;
    private ArtifactStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _store = new ArtifactStore(_folder.Path, "local");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void What_is_written_reads_back_equal()
    {
        var deployment = new DeploymentArtifact(
            1, "local", null, "us-east-1", "123456789012", "c", "s", "arn:td:2", null, "ecs-svc/1", null, false, null,
            new DateTimeOffset(2026, 11, 22, 3, 4, 5, 678, TimeSpan.Zero));

        _store.Write(Build);
        _store.Write(deployment);

        Assert.Multiple(() =>
        {
            Assert.That(_store.Read<BuildArtifact>(), Is.EqualTo(Build));
            Assert.That(_store.Read<DeploymentArtifact>(), Is.EqualTo(deployment));
            Assert.That(Directory.GetFiles(_folder.Combine("artifacts/deploy/local")), Has.Length.EqualTo(2), "no temporary file stays");
        });
    }

    [Test]
    public void A_missing_artifact_names_the_target_to_run()
    {
        var failure = Refused<ImageArtifact>();

        Assert.Multiple(() =>
        {
            Assert.That(
                failure.Message, Is.EqualTo("'artifacts/deploy/local/image.json' is missing: Push has not run in this environment."));
            Assert.That(failure.Remedy, Is.EqualTo("run ./build.sh --target=Push --environment=local"));
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        });
    }

    [TestCase("\"schema\": 1", "\"schema\": 2", "has schema 2; this version reads 1.")]
    [TestCase("\"environment\": \"local\"", "\"environment\": \"production\"", "is of environment 'production'.")]
    [TestCase("\"digest\"", "\"digset\"", "cannot be read")]
    [TestCase("\"repository\": \"app\",", "", "lacks members that it must have.")]
    [TestCase("}", "", "cannot be read")]
    public void A_file_that_this_program_did_not_write_is_refused(string old, string changed, string message)
    {
        _store.Write(Image);
        var file = _folder.Combine("artifacts/deploy/local/image.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, changed, StringComparison.Ordinal));

        var failure = Refused<ImageArtifact>();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.StartWith("'artifacts/deploy/local/image.json' ").And.Contain(message));
            Assert.That(failure.Remedy, Does.Contain("--target=Push"));
            Assert.That(_store.Find<ImageArtifact>(), Is.Null);
        });
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("{\"schema\":\"x\"}")]
    [TestCase("{\"schema\":99999999999}")]
    public void Nonsense_is_refused_like_any_other_broken_file(string text)
    {
        _store.WriteText("image.json", text);

        Assert.That(Refused<ImageArtifact>().ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
    }

    [Test]
    public void An_artifact_made_from_something_that_was_made_anew_since_is_stale()
    {
        _store.Write(Image);
        _store.Write(Build with { Fingerprint = new string('c', 64) });

        var failure = Refused<ImageArtifact>();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.Contain("is stale").And.Contain("'aaaaaaaaaaaa'").And.Contain("'cccccccccccc'"));
            Assert.That(failure.Remedy, Does.Contain("--target=Push"));
        });
    }

    [Test]
    public void An_artifact_alone_is_enough_on_another_machine()
    {
        _store.Write(Image);

        Assert.That(_store.Read<ImageArtifact>(), Is.EqualTo(Image));
    }

    [Test]
    public void An_artifact_of_a_given_image_is_not_compared_with_an_earlier_build()
    {
        _store.Write(Build);
        _store.Write(Image with { Fingerprint = null });

        Assert.That(_store.Read<ImageArtifact>().Fingerprint, Is.Null);
    }

    [Test]
    public void A_missing_text_names_the_target_to_run()
    {
        var failure = Assert.Throws<SlipwayException>(() => _store.ReadText("task-definition.json"));

        Assert.That(failure.Remedy, Is.EqualTo("run ./build.sh --target=RenderTaskDef --environment=local"));
    }

    [Test]
    public void A_full_disk_is_said_and_leaves_the_former_file()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/dev/full"))
            Assert.Ignore("needs /dev/full");
        _store.Write(Image);
        // The temporary file's name is known: what is written to it meets a device that is always full.
        var temporary = _folder.Combine($"artifacts/deploy/local/image.json.{Environment.ProcessId}.tmp");
        File.CreateSymbolicLink(temporary, "/dev/full");

        var failure = Assert.Throws<SlipwayException>(() => _store.Write(Image with { Tag = "other" }));

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Is.EqualTo("failed to write 'artifacts/deploy/local/image.json': the disk is full."));
            Assert.That(failure.Remedy, Does.Contain("free some space"));
            Assert.That(_store.Read<ImageArtifact>(), Is.EqualTo(Image));
            Assert.That(Directory.GetFiles(_folder.Combine("artifacts/deploy/local")), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void Artifacts_hold_no_absolute_path()
    {
        _store.Write(Build);

        Assert.That(_store.ReadText("build.json"), Does.Not.Contain(_folder.Path));
    }

    private SlipwayException Refused<T>()
        where T : class, IArtifact => Assert.Throws<SlipwayException>(() => _store.Read<T>())!;
}
