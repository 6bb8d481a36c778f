using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Settings whose properties become arguments: <c>BuildArg</c> is <c>--build-arg</c>.</summary>
public abstract class AutoToolSettings : ToolSettings
{
    /// <summary>The names of the properties whose values are never shown.</summary>
#pragma warning disable CA1051 // Upstream has a field here.
    public readonly HashSet<string> SecretProperties;
#pragma warning restore CA1051

    /// <summary>Collects the secret properties of the derived settings.</summary>
    protected AutoToolSettings()
#pragma warning disable CA2214 // Upstream's contract: overrides return constants.
        => SecretProperties = [.. CollectSecretProperties() ?? []];
#pragma warning restore CA2214

    /// <summary>Names the properties whose values are never shown.</summary>
    protected virtual string[]? CollectSecretProperties() => null;
}
