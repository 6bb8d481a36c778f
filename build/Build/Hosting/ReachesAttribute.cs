namespace Slipway.Build.Hosting;

/// <summary>What a target needs of the cloud.</summary>
public enum CloudReach
{
    /// <summary>Nothing: it needs no environment.</summary>
    None,

    /// <summary>An environment's settings, and nothing else.</summary>
    Settings,

    /// <summary>It reads what the cloud knows.</summary>
    Reads,

    /// <summary>It is a step of the pipeline: it may change what is deployed, so that only one run at a time has an environment.</summary>
    Changes,
}

/// <summary>Says what a target touches, so that the environment is checked, started and locked before its body runs.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ReachesAttribute(CloudReach reach) : Attribute
{
    /// <summary>What it touches.</summary>
    public CloudReach Reach { get; } = reach;

    /// <summary>Whether it begins where settings are refused, too, and tells of them itself.</summary>
    public bool TellsOfSettings { get; init; }
}
