using Slipway.Deployment.Images;

namespace Slipway.Deployment.Planning;

/// <summary>Looks for a repository, and notes what making it would take.</summary>
internal sealed class PlanningRepositories(IImageRepositories inner, PlanningRegistry registry, PlannedCalls calls) : IImageRepositories
{
    private RepositorySettings? _made;

    /// <inheritdoc />
    public Task<ImageRepository?> FindAsync(string name, CancellationToken cancellationToken)
    {
        calls.Read("ecr:DescribeRepositories", name);
        return inner.FindAsync(name, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<ImageRepository?> CreateAsync(
        string name, RepositorySettings settings, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        calls.Write("ecr:CreateRepository", $"{name}, immutable tags, scanned on push, {settings.Encryption}");
        _made = settings;
        return await registry.CreateAsync(name, cancellationToken);
    }

    /// <inheritdoc />
    public Task SetLifecycleAsync(string name, string lifecycle, CancellationToken cancellationToken)
    {
        calls.Write("ecr:PutLifecyclePolicy", $"{name}, the newest {RepositoryDefaults.KeptImages} images stay");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<RepositorySettings> ReadSettingsAsync(string name, CancellationToken cancellationToken)
    {
        calls.Read("ecr:GetLifecyclePolicy", name);
        return _made is null ? inner.ReadSettingsAsync(name, cancellationToken) : Task.FromResult(_made);
    }
}
