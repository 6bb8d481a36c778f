using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Builds nothing, remembers what was asked, and what is still there.</summary>
internal sealed class FakeImageBuilder(string name) : IImageBuilder
{
    public List<ImageBuildRequest> Requests { get; } = [];

    public HashSet<string> Present { get; } = new(StringComparer.Ordinal);

    public string Name => name;

    public Task<BuiltImage> BuildAsync(ImageBuildRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var id = Digests.Of($"{request.Tag}#{Requests.Count}");
        Present.Add(id);
        return Task.FromResult(name == "sdk"
            ? new BuiltImage(name, null, $"artifacts/images/{request.Tag}.tar", id)
            : new BuiltImage(name, $"{request.Repository}:{request.Tag}", null, id));
    }

    public Task<bool> ExistsAsync(BuiltImage image, CancellationToken cancellationToken) => Task.FromResult(Present.Contains(image.Id));
}
