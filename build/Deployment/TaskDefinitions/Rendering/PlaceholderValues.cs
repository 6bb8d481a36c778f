namespace Slipway.Deployment.TaskDefinitions.Rendering;

/// <summary>What placeholders stand for: what this deployment knows by itself, otherwise the environment variables of the run.</summary>
/// <param name="BuiltIns">By name, in lower case: "region", "image.digest". They win; null or empty counts as unset.</param>
/// <param name="Variable">Looks up an environment variable.</param>
public sealed record PlaceholderValues(IReadOnlyDictionary<string, string?> BuiltIns, Func<string, string?> Variable)
{
    /// <summary>The value; null where it is unset or empty.</summary>
    public string? Find(string name) =>
        (BuiltIns.TryGetValue(name, out var known) ? known : Variable(name)) is { Length: > 0 } value ? value : null;
}
