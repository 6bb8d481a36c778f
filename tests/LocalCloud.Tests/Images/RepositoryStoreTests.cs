using Slipway.LocalCloud.Tests.Ecs;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Images;

internal sealed class RepositoryStoreTests
{
    [TestCase("{ \"name\": ")]
    [TestCase("{}")]
    public async Task A_repository_that_cannot_be_read_is_kept_aside_and_so_are_its_layers(string document)
    {
        await using var cloud = await LocalCloudHost.StartAsync();
        await ServiceImage.AddAsync(cloud, "web", "v1");
        var registry = Path.Combine(cloud.StateFolder, "registry");
        var file = Directory.EnumerateFiles(Path.Combine(registry, "repositories"), "web.*.json").Single();
        await File.WriteAllTextAsync(file, document);
        var content = Content(registry);

        await cloud.RestartAsync();

        Assert.That(await File.ReadAllTextAsync($"{file}.unreadable"), Is.EqualTo(document));
        Assert.That(content, Is.SubsetOf(Content(registry)));
    }

    private static IReadOnlyList<string> Content(string registry) =>
        [.. Directory.EnumerateFiles(Path.Combine(registry, "blobs"), "*", SearchOption.AllDirectories)];
}
