using Newtonsoft.Json.Linq;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RequireRepositoryTests
{
    private readonly RecordingReport _report = new();
    private readonly FakeImageRegistry _registry = new() { Exists = false };

    [Test]
    public async Task A_missing_repository_is_an_error_unless_the_run_is_told_to_make_it()
    {
        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Run(creates: false));

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
        Assert.That(_registry.Made, Is.Null);
    }

    [Test]
    public async Task A_repository_that_is_there_stays_as_it_is()
    {
        _registry.Exists = true;

        await Run();

        Assert.That(_registry.Made, Is.Null);
        Assert.That(_report.Facts, Is.Empty);
    }

    [Test]
    public async Task A_missing_repository_is_made_with_defaults_that_last()
    {
        var repository = await Run();

        var (settings, tags) = _registry.Made!.Value;
        var rules = JObject.Parse(settings.Lifecycle!)["rules"]!;
        Assert.Multiple(() =>
        {
            Assert.That(repository.ImmutableTags, Is.True);
            Assert.That((settings.ScanOnPush, settings.Encryption), Is.EqualTo((true, "AES256")));
            Assert.That(tags, Is.EquivalentTo(new Dictionary<string, string> { ["slipway:environment"] = "local", ["slipway:managed-by"] = "slipway" }));
            Assert.That(
                rules.Select(rule => ((string?)rule["selection"]!["tagStatus"], (int)rule["selection"]!["countNumber"]!)),
                Is.EqualTo(new[] { ("untagged", RepositoryDefaults.UntaggedDays), ("any", RepositoryDefaults.KeptImages) }));
            Assert.That(_report.Facts, Is.EqualTo(new[]
            {
                $"Made the repository '{_registry.Host}/stream-ml-service': immutable tags, scanned on push, encrypted, the newest 100 images stay.",
            }));
            Assert.That(_report.Warnings, Is.Empty);
        });
    }

    [Test]
    public async Task Two_runs_that_make_it_at_once_are_both_content()
    {
        _registry.Meanwhile = () => _registry.Exists = true;

        await Run();

        Assert.That(_registry.Made, Is.Null, "it is the other run's");
        Assert.That(_report.Facts, Is.EqualTo(new[] { "Somebody else made the repository 'stream-ml-service' at the same time: it stays as it is." }));
    }

    [Test]
    public async Task What_the_account_decided_otherwise_is_told()
    {
        _registry.Overrule = asked => asked with { Encryption = "KMS", ScanOnPush = false };

        await Run();

        Assert.That(_report.Warnings, Is.EqualTo(new[]
        {
            "The repository 'stream-ml-service' has scan on push off, and on was asked for.",
            "The repository 'stream-ml-service' has encryption KMS, and AES256 was asked for.",
        }));
    }

    [Test]
    public async Task A_lifecycle_that_may_not_be_set_does_not_stop_the_push()
    {
        _registry.LifecycleFailure = new SlipwayException(ExitCode.PreconditionFailed, "AccessDeniedException", "allow the caller ecr:PutLifecyclePolicy");

        await Run();

        Assert.That(_report.Warnings, Is.EqualTo(new[]
        {
            "The repository 'stream-ml-service' is made, but not as it should be: AccessDeniedException Try: allow the caller ecr:PutLifecyclePolicy.",
        }));
    }

    private Task<ImageRepository> Run(bool creates = true) =>
        new RequireRepository(TestSettings.Local with { CreatesRepository = creates }, _registry, _registry, _report).RunAsync(CancellationToken.None);
}
