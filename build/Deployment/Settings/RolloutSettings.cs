namespace Slipway.Deployment.Settings;

/// <summary>When a rollout counts as done, and when as hopeless.</summary>
public sealed record RolloutSettings
{
    /// <summary>After how many equal exits of a container waiting makes no sense; 0: never. Where many tasks are desired, half of them at the least.</summary>
    public int FailAfterExits { get; init; } = 3;

    /// <summary>After how many equal failures before a container ran (pulls, secrets, log drivers, roles) waiting makes no sense; 0: never.</summary>
    public int FailAfterPulls { get; init; } = 2;

    /// <summary>How far to wait.</summary>
    public WaitUntil WaitUntil { get; init; } = WaitUntil.Stable;

    /// <summary>What must answer with 2xx once the deployment is complete; null: nothing is asked. May hold a password.</summary>
    public Uri? SmokeUrl { get; init; }

    /// <summary>How long the first good answer may take.</summary>
    public TimeSpan SmokeTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
