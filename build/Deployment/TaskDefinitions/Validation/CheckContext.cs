using Slipway.Deployment.Services;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What a task definition is checked against. What is not known is left out, and so are the rules that need it.</summary>
public sealed record CheckContext
{
    /// <summary>The region of the deployment: "us-east-1".</summary>
    public required string Region { get; init; }

    /// <summary>The account of the environment or the caller, twelve digits; null where it is not known yet.</summary>
    public string? AccountId { get; init; }

    /// <summary>The containers that get the image; empty: the only one, or the one named like the family.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The port that the service listens on, by the settings; null where they do not say.</summary>
    public int? ContainerPort { get; init; }

    /// <summary>The load balancers of the live service; empty where there are none or they are not known.</summary>
    public IReadOnlyList<LoadBalancerState> LoadBalancers { get; init; } = [];

    /// <summary>The image's platform, "linux/amd64"; null where it is not known.</summary>
    public string? Platform { get; init; }
}
