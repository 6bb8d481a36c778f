namespace Slipway.Deployment.Services;

/// <summary>The revisions of a family. Failures are as those of <see cref="IServiceDeployer"/>.</summary>
public interface ITaskDefinitions
{
    /// <summary>The ARNs of the revisions that are ACTIVE, newest first.</summary>
    Task<IReadOnlyList<string>> ListActiveAsync(string family, CancellationToken cancellationToken);

    /// <summary>Makes a revision INACTIVE: tasks that run stay, and no new deployment takes it.</summary>
    Task DeregisterAsync(string arn, CancellationToken cancellationToken);
}
