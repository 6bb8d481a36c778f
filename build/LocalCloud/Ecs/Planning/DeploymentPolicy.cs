using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Planning;

/// <summary>A service's deployment configuration with ECS's defaults filled in.</summary>
internal sealed record DeploymentPolicy
{
    private const int SmallestThreshold = 3;
    private const int LargestThreshold = 200;

    public int MinimumHealthyPercent { get; init; } = 100;

    public int MaximumPercent { get; init; } = 200;

    public bool CircuitBreaker { get; init; }

    public bool Rollback { get; init; }

    /// <summary>COUNT, BOUNDED_PERCENT or UNBOUNDED_PERCENT.</summary>
    public string ThresholdType { get; init; } = "BOUNDED_PERCENT";

    public int ThresholdValue { get; init; } = 50;

    public bool ResetOnHealthyTask { get; init; } = true;

    /// <summary>Reads "deploymentConfiguration".</summary>
    public static DeploymentPolicy Of(JsonObject settings)
    {
        var configuration = settings["deploymentConfiguration"] as JsonObject;
        var breaker = configuration?["deploymentCircuitBreaker"] as JsonObject;
        var threshold = breaker?["thresholdConfiguration"] as JsonObject;
        return new DeploymentPolicy
        {
            MinimumHealthyPercent = (int?)configuration?["minimumHealthyPercent"] ?? 100,
            MaximumPercent = (int?)configuration?["maximumPercent"] ?? 200,
            CircuitBreaker = (bool?)breaker?["enable"] ?? false,
            Rollback = (bool?)breaker?["rollback"] ?? false,
            ThresholdType = (string?)threshold?["type"] ?? "BOUNDED_PERCENT",
            ThresholdValue = (int?)threshold?["value"] ?? 50,
            ResetOnHealthyTask = (bool?)breaker?["resetOnHealthyTask"] ?? true,
        };
    }

    /// <summary>Tasks that must be healthy at every moment of a deployment: the percentage rounded up.</summary>
    public int MinimumHealthy(int desired) => (int)Math.Ceiling(desired * MinimumHealthyPercent / 100d);

    /// <summary>Tasks that may run at a time: the percentage rounded down.</summary>
    public int Maximum(int desired) => desired * MaximumPercent / 100;

    /// <summary>Failures in a row that trip the circuit breaker.</summary>
    public int Threshold(int desired)
    {
        var share = (int)Math.Ceiling(desired * ThresholdValue / 100d);
        return ThresholdType switch
        {
            "COUNT" => Math.Max(1, ThresholdValue),
            "UNBOUNDED_PERCENT" => Math.Max(1, share),
            _ => Math.Clamp(share, SmallestThreshold, LargestThreshold),
        };
    }
}
