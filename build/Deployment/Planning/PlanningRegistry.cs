using Slipway.Deployment.Images;

namespace Slipway.Deployment.Planning;

/// <summary>Reads from a registry's API, and answers as if what a plan pushed were there.</summary>
internal sealed class PlanningRegistry(IImageRegistry inner, PlannedCalls calls, Func<ImageBuildRequest?> build) : IImageRegistry
{
    private readonly Dictionary<string, string> _pushed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);

    /// <summary>A tag that is taken in a repository that lets none be written again, while what would be pushed is not known yet.</summary>
    public string? TakenTag { get; private set; }

    /// <inheritdoc />
    public async Task<ImageRepository> GetRepositoryAsync(string name, CancellationToken cancellationToken)
    {
        calls.Read("ecr:DescribeRepositories", name);
        var repository = await inner.GetRepositoryAsync(name, cancellationToken);
        if (!repository.ImmutableTags || build() is not { } pending) return repository;

        // Whether the image is the one that is there is known when it is built: no reason to refuse it now.
        if (await inner.FindDigestAsync(name, pending.Tag, cancellationToken) is not null) TakenTag = pending.Tag;
        return repository with { ImmutableTags = false };
    }

    /// <inheritdoc />
    public Task<string?> FindDigestAsync(string repository, string tagOrDigest, CancellationToken cancellationToken)
    {
        calls.Read("ecr:BatchGetImage", tagOrDigest.StartsWith("sha256:", StringComparison.Ordinal) ? $"{repository}@{tagOrDigest}" : $"{repository}:{tagOrDigest}");
        return _pushed.TryGetValue($"{repository}:{tagOrDigest}", out var digest)
            ? Task.FromResult<string?>(digest)
            : _created.Contains(repository) ? Task.FromResult<string?>(null)
            : inner.FindDigestAsync(repository, tagOrDigest, cancellationToken);
    }

    /// <inheritdoc />
    public Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken)
    {
        calls.Read("ecr:GetAuthorizationToken", "the registry's login");
        return inner.LoginAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task<RegistryLogin?> LoginToAsync(string host, CancellationToken cancellationToken)
    {
        calls.Read("ecr:GetAuthorizationToken", $"the login to {host}");
        return inner.LoginToAsync(host, cancellationToken);
    }

    /// <summary>From here on there is a repository of this name, without images. Its address is what the registry's own one will begin with.</summary>
    public async Task<ImageRepository> CreateAsync(string name, CancellationToken cancellationToken)
    {
        _created.Add(name);
        return new ImageRepository(name, $"{(await inner.LoginAsync(cancellationToken)).Server}/{name}", false);
    }

    /// <summary>From here on the tag has this digest.</summary>
    public void Push(string repository, string tag, string digest) => _pushed[$"{repository}:{tag}"] = digest;
}
