using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.LocalCloud.Ecs.Storage;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs.Operations;

internal sealed class ImageDigestsTests
{
    [Test]
    public async Task The_registry_is_asked_for_a_revisions_images_while_the_state_is_free()
    {
        var free = false;
        await UpdateAsync(cloud => free = Task.Run(() => cloud.GetRequiredService<EcsState>().Current).Wait(TimeSpan.FromSeconds(5)));
        Assert.That(free, Is.True);
    }

    [Test]
    public async Task A_registry_that_does_not_answer_keeps_no_service_from_its_update()
    {
        var answer = await UpdateAsync(_ => throw new ApiException("UnableToGetUpstreamImageException", "no answer"));
        Assert.That((int)answer["service"]!["deployments"]!.AsArray().Count, Is.EqualTo(2));
    }

    private static async Task<JsonObject> UpdateAsync(Action<IServiceProvider> asked)
    {
        await using var cloud = await LocalCloudHost.StartAsync(configure: services =>
            services.AddSingleton<IImageStore>(provider => new AskedStore(() => asked(provider))));
        return await cloud.Signed.OkAsync("ecs", "UpdateService", new JsonObject
        {
            ["cluster"] = Account.Cluster,
            ["service"] = Account.Service,
            ["forceNewDeployment"] = true,
        });
    }

    private sealed class AskedStore(Action asked) : IImageStore
    {
        public ResolvedImage? Resolve(string image)
        {
            asked();
            return null;
        }

        public Task<string> AddBlobAsync(string file, CancellationToken cancellationToken) => throw new NotSupportedException();

        public string AddManifest(string repository, string tag, string mediaType, byte[] manifest) => throw new NotSupportedException();
    }
}
