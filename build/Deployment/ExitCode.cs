namespace Slipway.Deployment;

/// <summary>What the process returns: one number per kind of ending, so that a pipeline can act on it.</summary>
public enum ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    Done = 0,

    /// <summary>Wrong usage, or settings or input that are not valid.</summary>
    InvalidInput = 2,

    /// <summary>Something that must be true before the target can work is not: credentials, an artifact, a repository.</summary>
    PreconditionFailed = 3,

    /// <summary>Tests or the build failed.</summary>
    BuildFailed = 4,

    /// <summary>The image could not be pushed.</summary>
    PushFailed = 5,

    /// <summary>The deployment failed and nothing was rolled back.</summary>
    DeploymentFailed = 6,

    /// <summary>The deployment failed and was rolled back: by ECS, or by this program where 'rollback-on-failure' is set.</summary>
    RolledBack = 7,

    /// <summary>The deployment did not end within the timeout.</summary>
    TimedOut = 8,

    /// <summary>Another deployment took the place of ours.</summary>
    Superseded = 9,

    /// <summary>A plan found changes.</summary>
    ChangesPending = 10,

    /// <summary>Ctrl-C or SIGTERM.</summary>
    Cancelled = 130,
}
