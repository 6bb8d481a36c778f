using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

/// <summary>What Push does about a registry that does not take the image.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RefusedPushTests : IDisposable
{
    private const string Tag = "0123456789ab-4a5b6c7d";
    private static readonly string Id = Digests.Of("built");
    private static readonly PushRefusal Ended = new(PushRefusalKind.LoginEnded, "denied: Your authorization token has expired.", "log in again");
    private static readonly PushRefusal Dropped = new(PushRefusalKind.Passing, "EOF", "run the same command");
    private static readonly PushRefusal Taken = new(PushRefusalKind.TagTaken, "the tag is immutable", "choose another tag");

    private readonly RecordingReport _report = new();
    private readonly FakeImageRegistry _registry = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;
    private readonly LoginStore _logins;
    private readonly RegistryClient _client = new(TimeProvider.System);
    private readonly FakeImagePusher _pusher;

    public RefusedPushTests()
    {
        _folder.Write("src/App/App.csproj", "<Project />");
        _store = new ArtifactStore(_folder.Path, "local");
        _logins = new LoginStore(_store, TimeProvider.System);
        _logins.Save(_registry.Login with { Password = "of-the-morning" });
        _pusher = new FakeImagePusher("sdk", _registry);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_token_that_ends_during_the_push_is_renewed_once_and_kept()
    {
        _pusher.Refusals.Enqueue(Ended);

        await Run();

        Assert.Multiple(() =>
        {
            Assert.That(_pusher.Pushes.Select(push => push.Login.Password), Is.EqualTo(new[] { "of-the-morning", _registry.Login.Password }));
            Assert.That(_logins.Read(), Is.EqualTo(_registry.Login));
            Assert.That(_report.Facts, Has.Some.Contain("logging in again"));
            Assert.That(string.Join('\n', _report.Facts), Does.Not.Contain(_registry.Login.Password));
        });
    }

    [Test]
    public async Task A_new_token_that_is_refused_too_ends_the_push()
    {
        _pusher.Refusals.Enqueue(Ended);
        _pusher.Refusals.Enqueue(Ended);

        var failure = await Assert.ThrowsAsync<SlipwayException>(Run);

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PushFailed));
        Assert.That(failure.Message, Does.Contain("authorization token has expired"));
        Assert.That(_pusher.Pushes, Has.Count.EqualTo(2));
    }

    [TestCase(2, ExpectedResult = true)]
    [TestCase(3, ExpectedResult = false)]
    public async Task<bool> A_dropped_connection_is_tried_three_times(int drops)
    {
        for (var i = 0; i < drops; i++) _pusher.Refusals.Enqueue(Dropped);

        var failure = await Assert.CatchAsync<SlipwayException>(async () =>
        {
            await Run();
            throw new SlipwayException(ExitCode.Done, "went through");
        });

        Assert.That(_pusher.Pushes, Has.Count.EqualTo(3));
        return failure.ExitCode == ExitCode.Done;
    }

    [Test]
    public async Task A_tag_that_somebody_wrote_meanwhile_with_the_same_image_is_fine()
    {
        _registry.ImmutableTags = true;
        _pusher.Meanwhile = () => _registry.Put(Tag, Id);
        _pusher.Refusals.Enqueue(Taken);

        Assert.That((await Run()).Digest, Is.EqualTo(Id));
    }

    [Test]
    public async Task A_tag_that_somebody_wrote_meanwhile_with_another_image_is_told_with_both_digests()
    {
        var other = Digests.Of("other");
        _registry.ImmutableTags = true;
        _pusher.Meanwhile = () => _registry.Put(Tag, other);
        _pusher.Refusals.Enqueue(Taken);

        var failure = await Assert.ThrowsAsync<SlipwayException>(Run);

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PushFailed));
            Assert.That(failure.Message, Does.Contain(other).And.Contain(Id));
            Assert.That(failure.Remedy, Does.Contain("--image-tag"));
        });
    }

    [Test]
    public async Task Every_other_refusal_is_told_in_the_registrys_words()
    {
        _pusher.Refusals.Enqueue(new PushRefusal(PushRefusalKind.Final, "LimitExceededException: too many images", "ask for a higher quota"));

        var failure = await Assert.ThrowsAsync<SlipwayException>(Run);

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PushFailed));
            Assert.That(failure.Message, Is.EqualTo($"failed to push '{_registry.Host}/stream-ml-service:{Tag}': LimitExceededException: too many images"));
            Assert.That(failure.Remedy, Is.EqualTo("ask for a higher quota"));
            Assert.That(_pusher.Pushes, Has.Count.EqualTo(1));
        });
    }

    private async Task<ImageArtifact> Run()
    {
        var inputs = new ImageInputs(_folder.Path, new FakeProcessRunner(), _client, TimeProvider.System, _report);
        _store.Write(new BuildArtifact(
            BuildArtifact.CurrentSchema, "local", new string('4', 64), inputs.Sources(TestSettings.Local, CancellationToken.None), "stream-ml-service",
            Tag, "linux/amd64", null, false, new BuiltImage("sdk", null, "artifacts/images/x.tar", Id)));
        var push = new PushImage(TestSettings.Local, _store, _logins, inputs, _registry, _registry, _client, [_pusher], _report, new InstantTime());
        return (await push.RunAsync(CancellationToken.None))!;
    }
}
