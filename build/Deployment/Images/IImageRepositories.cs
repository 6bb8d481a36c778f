namespace Slipway.Deployment.Images;

/// <summary>How a repository keeps images.</summary>
/// <param name="ImmutableTags">Whether a tag can be written only once.</param>
/// <param name="ScanOnPush">Whether an image is searched for known weaknesses when it arrives.</param>
/// <param name="Encryption">"AES256" or "KMS".</param>
/// <param name="Lifecycle">Which images go, in the registry's own JSON; null: none goes.</param>
public sealed record RepositorySettings(bool ImmutableTags, bool ScanOnPush, string Encryption, string? Lifecycle);

/// <summary>The repositories of a registry: looked for and, where that is asked for, made.</summary>
public interface IImageRepositories
{
    /// <summary>The repository; null where there is none.</summary>
    Task<ImageRepository?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Makes it, without a lifecycle; null where there is one of that name already, which stays as it is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="settings">How it keeps images.</param>
    /// <param name="tags">Names and values that bills and searches go by.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ImageRepository?> CreateAsync(
        string name, RepositorySettings settings, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Says which images go.</summary>
    Task SetLifecycleAsync(string name, string lifecycle, CancellationToken cancellationToken);

    /// <summary>How it keeps images, as the registry answers now.</summary>
    Task<RepositorySettings> ReadSettingsAsync(string name, CancellationToken cancellationToken);
}
