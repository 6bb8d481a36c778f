using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Support;

/// <summary>A registry's control API that remembers: repositories, tags, digests.</summary>
internal sealed class FakeImageRegistry : IImageRegistry, IImageRepositories
{
    public const string Name = "stream-ml-service";

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    public string Host { get; init; } = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    public bool ImmutableTags { get; set; }

    /// <summary>Thrown by every look-up, where set.</summary>
    public SlipwayException? Failure { get; set; }

    public int Lookups { get; private set; }

    public RegistryLogin Login { get; set; } =
        new("https://123456789012.dkr.ecr.us-east-1.amazonaws.com", "AWS", "s3cr3t-t0k3n", DateTimeOffset.UnixEpoch.AddYears(80));

    public void Put(string tag, string digest) => _tags[tag] = digest;

    public void Forget(string tag) => _tags.Remove(tag);

    /// <summary>Whether the repository is there.</summary>
    public bool Exists { get; set; } = true;

    /// <summary>What the registry makes of the settings that are asked for.</summary>
    public Func<RepositorySettings, RepositorySettings> Overrule { get; set; } = asked => asked;

    /// <summary>Thrown where the lifecycle is set.</summary>
    public SlipwayException? LifecycleFailure { get; set; }

    /// <summary>Another run, just before ours makes the repository.</summary>
    public Action Meanwhile { get; set; } = () => { };

    /// <summary>What the repository was made with; null while it was not made here.</summary>
    public (RepositorySettings Settings, IReadOnlyDictionary<string, string> Tags)? Made { get; private set; }

    public Task<ImageRepository> GetRepositoryAsync(string name, CancellationToken cancellationToken) => name == Name && Exists
        ? Task.FromResult(new ImageRepository(name, $"{Host}/{name}", ImmutableTags))
        : throw new SlipwayException(ExitCode.PreconditionFailed, $"The repository '{name}' does not exist.", "create it");

    public Task<string?> FindDigestAsync(string repository, string tagOrDigest, CancellationToken cancellationToken)
    {
        Lookups++;
        if (Failure is not null)
            throw Failure;
        return Task.FromResult(
            _tags.TryGetValue(tagOrDigest, out var digest) ? digest : _tags.ContainsValue(tagOrDigest) ? tagOrDigest : null);
    }

    public async Task<ImageRepository?> FindAsync(string name, CancellationToken cancellationToken) =>
        name == Name && Exists ? await GetRepositoryAsync(name, cancellationToken) : null;

    public async Task<ImageRepository?> CreateAsync(
        string name, RepositorySettings settings, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        Meanwhile();
        if (Exists) return null;
        (Exists, ImmutableTags, Made) = (true, settings.ImmutableTags, (settings with { Lifecycle = null }, tags));
        return await GetRepositoryAsync(name, cancellationToken);
    }

    public Task SetLifecycleAsync(string name, string lifecycle, CancellationToken cancellationToken)
    {
        if (LifecycleFailure is not null) throw LifecycleFailure;
        Made = Made!.Value with { Settings = Made.Value.Settings with { Lifecycle = lifecycle } };
        return Task.CompletedTask;
    }

    public Task<RepositorySettings> ReadSettingsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Overrule(Made!.Value.Settings));

    /// <summary>Hosts that were logged in to, beyond the own one.</summary>
    public List<string> LoggedInTo { get; } = [];

    public Task<RegistryLogin?> LoginToAsync(string host, CancellationToken cancellationToken)
    {
        LoggedInTo.Add(host);
        return Failure is null ? Task.FromResult<RegistryLogin?>(Login) : throw Failure;
    }

    public Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken) => Failure is null ? Task.FromResult(Login) : throw Failure;
}
