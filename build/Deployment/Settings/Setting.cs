namespace Slipway.Deployment.Settings;

/// <summary>A value that has its type, with where it came from.</summary>
/// <param name="Value">The value.</param>
/// <param name="Origin">"--cpu", "SLIPWAY_CPU", "infra/environments/local.json:4:14", "default".</param>
public sealed record Setting<T>(T Value, string Origin);
