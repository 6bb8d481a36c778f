namespace Slipway.Deployment.TaskDefinitions.Comparison;

/// <summary>One place where two task definitions mean something else. Values that look like secrets are hidden already.</summary>
/// <param name="Path">"containerDefinitions[stream-ml-service].environment[LOG_LEVEL]": entries by their name, port or key, not by position.</param>
/// <param name="Before">The value as compact JSON; null where there is none.</param>
/// <param name="After">The value as compact JSON; null where there is none.</param>
public sealed record Difference(string Path, string? Before, string? After)
{
    /// <summary>"path: before → after", with "none" for what is not there.</summary>
    public override string ToString() => $"{Path}: {Before ?? "none"} → {After ?? "none"}";
}
