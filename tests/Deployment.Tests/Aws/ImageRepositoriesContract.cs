using Newtonsoft.Json.Linq;
using Slipway.Deployment.Aws;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;
using Slipway.LocalCloud.Hosting;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>What is expected of an endpoint that has repositories, whoever wrote it.</summary>
public abstract class ImageRepositoriesContract
{
    private AwsConnection connection = null!;

    private EcrImageRepositories Repositories => new(connection, TimeProvider.System);

    [OneTimeSetUp]
    public async Task ConnectAsync() => connection = new AwsConnection("us-east-1", await StartAsync());

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        connection?.Dispose();
        await EndAsync();
    }

    [Test]
    public async Task A_repository_that_is_not_there_is_none() =>
        Assert.That(await Repositories.FindAsync("never-made", CancellationToken.None), Is.Null);

    [Test]
    public async Task A_repository_is_made_as_it_is_asked_for()
    {
        var made = await Repositories.CreateAsync("made/here", RepositoryDefaults.Settings, RepositoryDefaults.Tags("local"), CancellationToken.None);
        await Repositories.SetLifecycleAsync("made/here", RepositoryDefaults.Settings.Lifecycle!, CancellationToken.None);

        var found = await Repositories.ReadSettingsAsync("made/here", CancellationToken.None);

        Assert.Multiple(async () =>
        {
            Assert.That(made!.ImmutableTags, Is.True);
            Assert.That(made.Uri, Does.EndWith("/made/here"));
            Assert.That(await Repositories.FindAsync("made/here", CancellationToken.None), Is.EqualTo(made));
            Assert.That(found with { Lifecycle = null }, Is.EqualTo(RepositoryDefaults.Settings with { Lifecycle = null }));
            Assert.That(JToken.DeepEquals(JToken.Parse(found.Lifecycle!), JToken.Parse(RepositoryDefaults.Settings.Lifecycle!)), Is.True, found.Lifecycle);
        });
    }

    [Test]
    public async Task A_repository_without_a_lifecycle_is_read_as_one()
    {
        await Repositories.CreateAsync("plain", new RepositorySettings(false, false, "AES256", null), new Dictionary<string, string>(), CancellationToken.None);

        Assert.That(
            await Repositories.ReadSettingsAsync("plain", CancellationToken.None), Is.EqualTo(new RepositorySettings(false, false, "AES256", null)));
    }

    [Test]
    public async Task A_repository_that_is_there_already_is_no_error()
    {
        await Repositories.CreateAsync("twice", RepositoryDefaults.Settings, new Dictionary<string, string>(), CancellationToken.None);

        Assert.That(
            await Repositories.CreateAsync("twice", RepositoryDefaults.Settings, new Dictionary<string, string>(), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_lifecycle_that_is_none_is_refused()
    {
        await Repositories.CreateAsync("strict", RepositoryDefaults.Settings, new Dictionary<string, string>(), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<SlipwayException>(
            () => Repositories.SetLifecycleAsync("strict", """{ "rules": [{ "rulePriority": 1 }] }""" + new string(' ', 100), CancellationToken.None));

        Assert.That(failure.Message, Does.Contain("InvalidParameterException"));
    }

    private protected abstract Task<Uri> StartAsync();

    private protected abstract Task EndAsync();
}

/// <summary>The embedded cloud.</summary>
public sealed class LocalCloudImageRepositoriesTests : ImageRepositoriesContract
{
    private TemporaryFolder folder = null!;
    private CloudHost cloud = null!;

    private protected override async Task<Uri> StartAsync()
    {
        folder = new TemporaryFolder();
        cloud = await CloudHost.StartAsync(new LocalCloudOptions(0, 0, folder.Path, "process"));
        return new Uri(cloud.Ports.Endpoint);
    }

    private protected override async Task EndAsync()
    {
        await cloud.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>moto's server.</summary>
public sealed class MotoImageRepositoriesTests : ImageRepositoriesContract
{
    private MotoServer? moto;

    private protected override async Task<Uri> StartAsync()
    {
        moto = await MotoServer.StartAsync();
        return moto.Endpoint;
    }

    private protected override Task EndAsync()
    {
        moto?.Dispose();
        return Task.CompletedTask;
    }
}
