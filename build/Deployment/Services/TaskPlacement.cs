namespace Slipway.Deployment.Services;

/// <summary>Where and how the tasks of a service are placed; a one-off task can be placed the same way.</summary>
public sealed record TaskPlacement
{
    /// <summary>"FARGATE", "EC2" or "EXTERNAL"; null where a capacity provider strategy decides.</summary>
    public string? LaunchType { get; init; }

    /// <summary>The capacity provider strategy; empty where a launch type decides.</summary>
    public IReadOnlyList<CapacityProviderShare> CapacityProviders { get; init; } = [];

    /// <summary>"LATEST" or a version; null: ECS's choice.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>The subnets' ids; empty outside of network mode awsvpc.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>The security groups' ids.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>Whether tasks get a public address.</summary>
    public bool AssignPublicIp { get; init; }
}

/// <summary>One entry of a capacity provider strategy.</summary>
/// <param name="Provider">"FARGATE", "FARGATE_SPOT" or a provider's name.</param>
/// <param name="Weight">Its share.</param>
/// <param name="Base">How many tasks it gets first.</param>
public sealed record CapacityProviderShare(string Provider, int? Weight, int? Base);
