using Slipway.Deployment.Images;

namespace Slipway.Deployment.Tests.Support;

/// <summary>A registry's control API that remembers: repositories, tags, digests.</summary>
internal sealed class FakeImageRegistry : IImageRegistry
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

    public Task<ImageRepository> GetRepositoryAsync(string name, CancellationToken cancellationToken) => name == Name
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

    public Task<RegistryLogin> LoginAsync(CancellationToken cancellationToken) => Failure is null ? Task.FromResult(Login) : throw Failure;
}
