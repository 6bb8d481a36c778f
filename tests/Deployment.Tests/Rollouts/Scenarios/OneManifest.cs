using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Rollouts.Scenarios;

/// <summary>A registry where every image is an index with one manifest.</summary>
internal sealed class OneManifest : IImageManifests
{
    public Task<IReadOnlyList<string>> FindAsync(string image, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([Given.ChildDigest]);
}
