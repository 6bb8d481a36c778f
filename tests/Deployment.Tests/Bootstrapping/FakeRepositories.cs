using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Bootstrapping;

/// <summary>Repositories to be found by name; Bootstrap may do nothing else with them.</summary>
internal sealed class FakeRepositories : IImageRepositories
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public Task<ImageRepository?> FindAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Names.Contains(name) ? new ImageRepository(name, $"registry.example/{name}", ImmutableTags: true) : null);

    public Task<ImageRepository?> CreateAsync(
        string name, RepositorySettings settings, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => throw Writes();

    public Task SetLifecycleAsync(string name, string lifecycle, CancellationToken cancellationToken) => throw Writes();

    public Task<RepositorySettings> ReadSettingsAsync(string name, CancellationToken cancellationToken) => throw Writes();

    private static InvalidOperationException Writes() => new("Bootstrap only looks.");
}
